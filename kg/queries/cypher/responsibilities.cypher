MATCH (agency)-[r:RESPONSIBLE_FOR]->(task)
WHERE ($agency IS NULL OR $agency IN [agency.uri, agency.label] OR $agency IN agency.aliases)
  AND ($task IS NULL OR $task IN [task.uri, task.label] OR $task IN task.aliases)
UNWIND range(0, size(coalesce(r.sources, [])) - 1) AS i MATCH (document:Document {uri: r.sources[i]})
RETURN agency.label AS agency_name, task.label AS task_name, nullIf(r.roles[i], '') AS role, r.quotes[i] AS quote, document.fileName AS source
ORDER BY task_name, role, agency_name, source, quote
