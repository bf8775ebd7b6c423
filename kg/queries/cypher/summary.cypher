MATCH (:Document)-[:MENTIONS]->(thing)
UNWIND thing.types AS kind MATCH (class:Class {name: kind})
RETURN class.label AS type, class.uri AS class, count(DISTINCT thing) AS things
ORDER BY things DESC, type
