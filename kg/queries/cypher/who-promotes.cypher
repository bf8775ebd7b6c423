MATCH (named:Topic) WHERE $topic IN [named.uri, named.label] OR $topic IN named.aliases
WITH collect(named) AS found, [n IN collect(named) WHERE n.label = $topic] AS preferred
UNWIND CASE preferred WHEN [] THEN found ELSE preferred END AS top
MATCH (topic)-[:PART_OF|BROADER*0..]->(top) WITH DISTINCT topic
MATCH (subject)-[r:DEVELOPS]->(topic)
UNWIND range(0, size(coalesce(r.sources, [])) - 1) AS i MATCH (document:Document {uri: r.sources[i]})
OPTIONAL MATCH (stance:Relation {name: r.stances[i]})
RETURN subject.label AS place, topic.label AS topic_name, stance.label AS stance, r.quotes[i] AS quote, document.fileName AS source
ORDER BY place, topic_name, stance, source, quote
