MATCH (named:Topic) WHERE $topic IN [named.uri, named.label] OR $topic IN named.aliases
WITH collect(named) AS found, [n IN collect(named) WHERE n.label = $topic] AS preferred
UNWIND CASE preferred WHEN [] THEN found ELSE preferred END AS topic
MATCH (topic)-[r:UPSTREAM_OF|DOWNSTREAM_OF|PART_OF]-(other)
UNWIND range(0, size(coalesce(r.sources, [])) - 1) AS i MATCH (document:Document {uri: r.sources[i]})
RETURN CASE
    WHEN type(r) = 'PART_OF' THEN CASE startNode(r) WHEN topic THEN '所属' ELSE '组成部分' END
    WHEN (type(r) = 'UPSTREAM_OF') = (endNode(r) = topic) THEN '上游'
    ELSE '下游' END AS position,
  other.label AS other, r.quotes[i] AS quote, document.fileName AS source
ORDER BY position, other, source, quote
