MATCH (named:Place) WHERE $place IN [named.uri, named.label] OR $place IN named.aliases
WITH collect(named) AS found, [n IN collect(named) WHERE n.label = $place] AS preferred
UNWIND CASE preferred WHEN [] THEN found ELSE preferred END AS top
MATCH (place)-[:PART_OF|BROADER*0..]->(top) WITH DISTINCT place
MATCH (act)-[:APPLIES_TO]->(place)
OPTIONAL MATCH (act)-[:ISSUED_BY]->(agency)
OPTIONAL MATCH (act)-[:COVERS]->(topic)
WITH place, act.label AS policy, agency.label AS issuer, count(DISTINCT topic) AS topics
RETURN policy, place.label AS place_name, issuer, topics
ORDER BY place_name, policy, issuer
