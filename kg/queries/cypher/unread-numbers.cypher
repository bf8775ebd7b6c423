MATCH (unread:UnreadNumber)-[:DOCUMENT]->(document)
RETURN unread.quote AS number, unread.sentence AS sentence, unread.start AS start, document.fileName AS source
ORDER BY source, start
