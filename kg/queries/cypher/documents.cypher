MATCH (document:Document)
RETURN document.title AS title, document.publisher AS publisher, document.issued AS issued, document.documentNumber AS document_number,
  document.fileName AS file, document.uri AS document
ORDER BY issued, file, document
