MATCH (named:Place) WHERE $place IN [named.uri, named.label] OR $place IN named.aliases
WITH collect(named) AS found, [n IN collect(named) WHERE n.label = $place] AS preferred
UNWIND CASE preferred WHEN [] THEN found ELSE preferred END AS top
MATCH (place)-[:PART_OF|BROADER*0..]->(top) WITH DISTINCT place
MATCH (target:Target)-[:PLACE]->(place)
OPTIONAL MATCH (target)-[:TOPIC]->(topic)
UNWIND range(0, size(target.sources) - 1) AS i MATCH (document:Document {uri: target.sources[i]})
RETURN place.label AS place_name, topic.label AS topic_name,
  target.metric AS metric, target.operator AS operator, target.valueText AS value, target.unit AS unit, target.year AS year,
  target.baseline AS baseline, target.quotes[i] AS quote, document.fileName AS source
ORDER BY place_name, year, metric, value, source, quote, topic_name
