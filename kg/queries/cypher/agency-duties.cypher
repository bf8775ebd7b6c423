MATCH (agency)-[r:RESPONSIBLE_FOR]->(task) UNWIND range(0, size(coalesce(r.sources, [])) - 1) AS i
WITH DISTINCT agency, task, coalesce(r.roles[i], '') AS role
RETURN agency.label AS agency, sum(CASE role WHEN 'lead' THEN 1 ELSE 0 END) AS leads,
  sum(CASE WHEN role IN ['lead', 'support'] THEN 0 ELSE 1 END) AS responsible, sum(CASE role WHEN 'support' THEN 1 ELSE 0 END) AS supports
ORDER BY leads DESC, responsible DESC, supports DESC, agency
