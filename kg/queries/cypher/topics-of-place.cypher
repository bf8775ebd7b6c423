MATCH (named:Place) WHERE $place IN [named.uri, named.label] OR $place IN named.aliases
WITH collect(named) AS found, [n IN collect(named) WHERE n.label = $place] AS preferred
UNWIND CASE preferred WHEN [] THEN found ELSE preferred END AS top
MATCH (place)-[:PART_OF|BROADER*0..]->(top) WITH DISTINCT place
MATCH (place)-[r:DEVELOPS]->(topic) UNWIND range(0, size(coalesce(r.sources, [])) - 1) AS i MATCH (document:Document {uri: r.sources[i]})
OPTIONAL MATCH (stance:Relation {name: r.stances[i]})
UNWIND topic.types AS kind MATCH (class:Class {name: kind})
WITH place, topic.label AS topic, class.label AS type, stance.label AS stance, count(DISTINCT document.sourceGroup) AS documents
RETURN place.label AS place_name, topic, type, stance, documents
ORDER BY documents DESC, place_name, topic, type, stance
