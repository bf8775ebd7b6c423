MATCH (target:Target)
OPTIONAL MATCH (target)-[:PLACE]->(place)
OPTIONAL MATCH (target)-[:TOPIC]->(topic)
OPTIONAL MATCH (policy)-[:HAS_TARGET]->(target)
UNWIND range(0, size(target.sources) - 1) AS i MATCH (document:Document {uri: target.sources[i]})
RETURN place.label AS place_name, topic.label AS topic_name,
  target.metric AS metric, target.operator AS operator, target.valueText AS value, target.unit AS unit, target.year AS year,
  target.baseValue AS base_value, target.baseUnit AS base_unit, target.baseline AS baseline, policy.label AS policy_name,
  target.quotes[i] AS quote, document.fileName AS source, target.uri AS target
ORDER BY baseline, place_name, topic_name, year, metric, value, source, quote, target, policy_name
