MATCH (named:Topic) WHERE $topic IN [named.uri, named.label] OR $topic IN named.aliases
WITH collect(named) AS found, [n IN collect(named) WHERE n.label = $topic] AS preferred
UNWIND CASE preferred WHEN [] THEN found ELSE preferred END AS top
MATCH (topic)-[:PART_OF|BROADER*0..]->(top) WITH DISTINCT topic
MATCH (target:Target)-[:TOPIC]->(topic)
OPTIONAL MATCH (target)-[:PLACE]->(place)
UNWIND range(0, size(target.sources) - 1) AS i MATCH (document:Document {uri: target.sources[i]})
RETURN topic.label AS topic_name, place.label AS place_name,
  target.metric AS metric, target.operator AS operator, target.valueText AS value, target.unit AS unit, target.year AS year,
  target.baseline AS baseline, target.quotes[i] AS quote, document.fileName AS source
ORDER BY topic_name, year, place_name, metric, value, source, quote
