MATCH (document:Document)-[:MENTIONS]->(thing:Organization)
UNWIND thing.types AS kind MATCH (class:Class {name: kind})
OPTIONAL MATCH (thing)-[:LOCATED_IN]->(location)
WITH thing, class, location.label AS place, count(DISTINCT document.sourceGroup) AS documents
RETURN thing.label AS name, class.label AS type, place, documents
ORDER BY documents DESC, name, type, place
