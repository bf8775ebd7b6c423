MATCH (named:Place) WHERE $place IN [named.uri, named.label] OR $place IN named.aliases
WITH collect(named) AS found, [n IN collect(named) WHERE n.label = $place] AS preferred
UNWIND CASE preferred WHEN [] THEN found ELSE preferred END AS place
MATCH (place)-[:DEVELOPS]->(topic)<-[:DEVELOPS]-(rival)
WITH DISTINCT place, topic, rival.label AS other ORDER BY topic.label
WITH place, other, count(topic) AS shared, collect(DISTINCT topic.label) AS names
RETURN other, shared, reduce(text = head(names), name IN tail(names) | text + '、' + name) AS topics
ORDER BY shared DESC, other
