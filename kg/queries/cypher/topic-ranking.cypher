MATCH (place)-[r:DEVELOPS]->(topic) UNWIND r.sources AS document
RETURN topic.label AS topic, count(DISTINCT place) AS places, count(DISTINCT document) AS documents
ORDER BY places DESC, documents DESC, topic
