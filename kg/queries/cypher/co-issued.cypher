MATCH (act)-[:ISSUED_BY]->(agency)
WITH DISTINCT act, agency.label AS name ORDER BY name
WITH act, collect(name) AS names WHERE size(names) > 1
RETURN act.label AS policy, size(names) AS agencies, reduce(text = head(names), name IN tail(names) | text + '、' + name) AS names
ORDER BY agencies DESC, policy
