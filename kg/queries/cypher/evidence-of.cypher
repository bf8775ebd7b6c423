MATCH (named:Place|Topic|Agency|Policy|Organization|Project|Task) WHERE $thing IN [named.uri, named.label] OR $thing IN named.aliases
WITH collect(named) AS found, [n IN collect(named) WHERE n.label = $thing] AS preferred
UNWIND CASE preferred WHEN [] THEN found ELSE preferred END AS thing
MATCH (thing)-[r]-()
MATCH (relation:Relation {type: type(r)})
UNWIND range(0, size(coalesce(r.sources, [])) - 1) AS i MATCH (document:Document {uri: r.sources[i]})
RETURN startNode(r).label AS subject_name, relation.label AS relation, endNode(r).label AS object_name, r.quotes[i] AS quote,
  r.starts[i] AS start, r.ends[i] AS end, r.rules[i] AS rule, r.confidences[i] AS confidence, document.fileName AS source
ORDER BY source, start, end, relation, subject_name, object_name
