MATCH (policy:Policy)-[r:BASED_ON]->(ground)
WHERE $policy IS NULL OR $policy IN [policy.uri, policy.label] OR $policy IN policy.aliases
UNWIND range(0, size(coalesce(r.sources, [])) - 1) AS i MATCH (document:Document {uri: r.sources[i]})
RETURN policy.label AS policy_name, ground.label AS basis, r.quotes[i] AS quote, document.fileName AS source
ORDER BY policy_name, basis, source, quote
