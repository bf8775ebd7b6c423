MATCH (incentive:Incentive)
UNWIND range(0, size(incentive.sources) - 1) AS i MATCH (document:Document {uri: incentive.sources[i]})
WITH incentive, i, document ORDER BY document.fileName, incentive.starts[i], incentive.incentiveKind, incentive.valueText
RETURN incentive.incentiveKind AS kind, incentive.valueText AS value, incentive.unit AS unit, incentive.recipient AS recipient,
  incentive.condition AS condition, incentive.quotes[i] AS quote, document.fileName AS source
