MATCH (place)-[r:DEVELOPS]->(topic) UNWIND r.sources AS source MATCH (document:Document {uri: source})
RETURN topic.label AS topic, count(DISTINCT place) AS places, count(DISTINCT document.sourceGroup) AS documents
ORDER BY places DESC, documents DESC, topic
