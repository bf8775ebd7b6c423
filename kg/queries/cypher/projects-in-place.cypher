MATCH (named:Place) WHERE $place IN [named.uri, named.label] OR $place IN named.aliases
WITH collect(named) AS found, [n IN collect(named) WHERE n.label = $place] AS preferred
UNWIND CASE preferred WHEN [] THEN found ELSE preferred END AS top
MATCH (place)-[:PART_OF|BROADER*0..]->(top) WITH DISTINCT place
MATCH (thing:Project)-[r:LOCATED_IN]->(place)
UNWIND range(0, size(coalesce(r.sources, [])) - 1) AS i MATCH (document:Document {uri: r.sources[i]})
RETURN thing.label AS project, place.label AS place_name, r.quotes[i] AS quote, document.fileName AS source
ORDER BY place_name, project, source, quote
