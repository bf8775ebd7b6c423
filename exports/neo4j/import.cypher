// Loads this folder into a running Neo4j 5: copy the CSV files into its import folder, then
//   cypher-shell -u neo4j -f import.cypher
// Running it again changes nothing: nodes and relations are merged on their uri and ends.
CREATE CONSTRAINT n10s_unique_uri IF NOT EXISTS FOR (r:Resource) REQUIRE r.uri IS UNIQUE;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Agency.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Agency,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Association.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Association:Organization,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-City.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:City:Place,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Class.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Class,
      n.label = row.`label:string`,
      n.labelEn = row.`labelEn:string`,
      n.name = row.`name:string`,
      n.type = row.`type:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Company.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Company:Organization,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Country.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Country:Place,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-District.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:District:Place,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Document.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Document,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.title = row.`title:string`,
      n.publisher = row.`publisher:string`,
      n.issued = row.`issued:string`,
      n.documentNumber = row.`documentNumber:string`,
      n.fileName = row.`fileName:string`,
      n.sha256 = row.`sha256:string`,
      n.url = row.`url:string`,
      n.sourceGroup = row.`sourceGroup:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Incentive.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Incentive,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.incentiveKind = row.`incentiveKind:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = split(row.`quotes:string[]`, '\u001F'),
      n.documents = split(row.`documents:string[]`, '\u001F'),
      n.sources = split(row.`sources:string[]`, '\u001F'),
      n.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      n.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      n.rules = split(row.`rules:string[]`, '\u001F'),
      n.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F'))
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Industry.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Industry:Topic,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Industry-Technology.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Industry:Technology:Topic,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Institute.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Institute:Organization,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Policy.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Policy,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Project.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Project,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Province.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Province:Place,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Region.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Region:Place,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Relation.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Relation,
      n.label = row.`label:string`,
      n.labelEn = row.`labelEn:string`,
      n.name = row.`name:string`,
      n.type = row.`type:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Target.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Target,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.surface = row.`surface:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.quotes = split(row.`quotes:string[]`, '\u001F'),
      n.documents = split(row.`documents:string[]`, '\u001F'),
      n.sources = split(row.`sources:string[]`, '\u001F'),
      n.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      n.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      n.rules = split(row.`rules:string[]`, '\u001F'),
      n.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F'))
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Task.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Task,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Technology.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Technology:Topic,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-UnreadNumber.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:UnreadNumber,
      n.label = row.`label:string`,
      n.quote = row.`quote:string`,
      n.sentence = row.`sentence:string`,
      n.start = toInteger(row.`start:long`),
      n.end = toInteger(row.`end:long`)
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Zone.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Zone:Place,
      n.label = row.`label:string`,
      n.types = split(row.`types:string[]`, '\u001F'),
      n.aliases = split(row.`aliases:string[]`, '\u001F'),
      n.code = row.`code:string`
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-APPLIES_TO.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:APPLIES_TO]->(b)
  SET r.count = toInteger(row.`count:long`),
      r.stance = row.`stance:string`,
      r.role = row.`role:string`,
      r.quotes = split(row.`quotes:string[]`, '\u001F'),
      r.documents = split(row.`documents:string[]`, '\u001F'),
      r.sources = split(row.`sources:string[]`, '\u001F'),
      r.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      r.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      r.rules = split(row.`rules:string[]`, '\u001F'),
      r.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F')),
      r.stances = split(row.`stances:string[]`, '\u001F'),
      r.roles = split(row.`roles:string[]`, '\u001F')
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-BASED_ON.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:BASED_ON]->(b)
  SET r.count = toInteger(row.`count:long`),
      r.stance = row.`stance:string`,
      r.role = row.`role:string`,
      r.quotes = split(row.`quotes:string[]`, '\u001F'),
      r.documents = split(row.`documents:string[]`, '\u001F'),
      r.sources = split(row.`sources:string[]`, '\u001F'),
      r.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      r.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      r.rules = split(row.`rules:string[]`, '\u001F'),
      r.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F')),
      r.stances = split(row.`stances:string[]`, '\u001F'),
      r.roles = split(row.`roles:string[]`, '\u001F')
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-BROADER.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:BROADER]->(b)
  SET r.count = toInteger(row.`count:long`),
      r.stance = row.`stance:string`,
      r.role = row.`role:string`,
      r.quotes = split(row.`quotes:string[]`, '\u001F'),
      r.documents = split(row.`documents:string[]`, '\u001F'),
      r.sources = split(row.`sources:string[]`, '\u001F'),
      r.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      r.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      r.rules = split(row.`rules:string[]`, '\u001F'),
      r.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F')),
      r.stances = split(row.`stances:string[]`, '\u001F'),
      r.roles = split(row.`roles:string[]`, '\u001F')
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-COVERS.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:COVERS]->(b)
  SET r.count = toInteger(row.`count:long`),
      r.stance = row.`stance:string`,
      r.role = row.`role:string`,
      r.quotes = split(row.`quotes:string[]`, '\u001F'),
      r.documents = split(row.`documents:string[]`, '\u001F'),
      r.sources = split(row.`sources:string[]`, '\u001F'),
      r.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      r.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      r.rules = split(row.`rules:string[]`, '\u001F'),
      r.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F')),
      r.stances = split(row.`stances:string[]`, '\u001F'),
      r.roles = split(row.`roles:string[]`, '\u001F')
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-DEVELOPS.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:DEVELOPS]->(b)
  SET r.count = toInteger(row.`count:long`),
      r.stance = row.`stance:string`,
      r.role = row.`role:string`,
      r.quotes = split(row.`quotes:string[]`, '\u001F'),
      r.documents = split(row.`documents:string[]`, '\u001F'),
      r.sources = split(row.`sources:string[]`, '\u001F'),
      r.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      r.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      r.rules = split(row.`rules:string[]`, '\u001F'),
      r.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F')),
      r.stances = split(row.`stances:string[]`, '\u001F'),
      r.roles = split(row.`roles:string[]`, '\u001F')
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-DOCUMENT.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:DOCUMENT]->(b)
  SET r.count = toInteger(row.`count:long`),
      r.stance = row.`stance:string`,
      r.role = row.`role:string`,
      r.quotes = split(row.`quotes:string[]`, '\u001F'),
      r.documents = split(row.`documents:string[]`, '\u001F'),
      r.sources = split(row.`sources:string[]`, '\u001F'),
      r.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      r.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      r.rules = split(row.`rules:string[]`, '\u001F'),
      r.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F')),
      r.stances = split(row.`stances:string[]`, '\u001F'),
      r.roles = split(row.`roles:string[]`, '\u001F')
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-HAS_TARGET.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:HAS_TARGET]->(b)
  SET r.count = toInteger(row.`count:long`),
      r.stance = row.`stance:string`,
      r.role = row.`role:string`,
      r.quotes = split(row.`quotes:string[]`, '\u001F'),
      r.documents = split(row.`documents:string[]`, '\u001F'),
      r.sources = split(row.`sources:string[]`, '\u001F'),
      r.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      r.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      r.rules = split(row.`rules:string[]`, '\u001F'),
      r.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F')),
      r.stances = split(row.`stances:string[]`, '\u001F'),
      r.roles = split(row.`roles:string[]`, '\u001F')
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-ISSUED_BY.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:ISSUED_BY]->(b)
  SET r.count = toInteger(row.`count:long`),
      r.stance = row.`stance:string`,
      r.role = row.`role:string`,
      r.quotes = split(row.`quotes:string[]`, '\u001F'),
      r.documents = split(row.`documents:string[]`, '\u001F'),
      r.sources = split(row.`sources:string[]`, '\u001F'),
      r.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      r.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      r.rules = split(row.`rules:string[]`, '\u001F'),
      r.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F')),
      r.stances = split(row.`stances:string[]`, '\u001F'),
      r.roles = split(row.`roles:string[]`, '\u001F')
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-LOCATED_IN.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:LOCATED_IN]->(b)
  SET r.count = toInteger(row.`count:long`),
      r.stance = row.`stance:string`,
      r.role = row.`role:string`,
      r.quotes = split(row.`quotes:string[]`, '\u001F'),
      r.documents = split(row.`documents:string[]`, '\u001F'),
      r.sources = split(row.`sources:string[]`, '\u001F'),
      r.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      r.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      r.rules = split(row.`rules:string[]`, '\u001F'),
      r.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F')),
      r.stances = split(row.`stances:string[]`, '\u001F'),
      r.roles = split(row.`roles:string[]`, '\u001F')
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-MENTIONS.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:MENTIONS]->(b)
  SET r.count = toInteger(row.`count:long`),
      r.stance = row.`stance:string`,
      r.role = row.`role:string`,
      r.quotes = split(row.`quotes:string[]`, '\u001F'),
      r.documents = split(row.`documents:string[]`, '\u001F'),
      r.sources = split(row.`sources:string[]`, '\u001F'),
      r.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      r.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      r.rules = split(row.`rules:string[]`, '\u001F'),
      r.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F')),
      r.stances = split(row.`stances:string[]`, '\u001F'),
      r.roles = split(row.`roles:string[]`, '\u001F')
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-PART_OF.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:PART_OF]->(b)
  SET r.count = toInteger(row.`count:long`),
      r.stance = row.`stance:string`,
      r.role = row.`role:string`,
      r.quotes = split(row.`quotes:string[]`, '\u001F'),
      r.documents = split(row.`documents:string[]`, '\u001F'),
      r.sources = split(row.`sources:string[]`, '\u001F'),
      r.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      r.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      r.rules = split(row.`rules:string[]`, '\u001F'),
      r.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F')),
      r.stances = split(row.`stances:string[]`, '\u001F'),
      r.roles = split(row.`roles:string[]`, '\u001F')
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-PLACE.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:PLACE]->(b)
  SET r.count = toInteger(row.`count:long`),
      r.stance = row.`stance:string`,
      r.role = row.`role:string`,
      r.quotes = split(row.`quotes:string[]`, '\u001F'),
      r.documents = split(row.`documents:string[]`, '\u001F'),
      r.sources = split(row.`sources:string[]`, '\u001F'),
      r.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      r.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      r.rules = split(row.`rules:string[]`, '\u001F'),
      r.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F')),
      r.stances = split(row.`stances:string[]`, '\u001F'),
      r.roles = split(row.`roles:string[]`, '\u001F')
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-TOPIC.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:TOPIC]->(b)
  SET r.count = toInteger(row.`count:long`),
      r.stance = row.`stance:string`,
      r.role = row.`role:string`,
      r.quotes = split(row.`quotes:string[]`, '\u001F'),
      r.documents = split(row.`documents:string[]`, '\u001F'),
      r.sources = split(row.`sources:string[]`, '\u001F'),
      r.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      r.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      r.rules = split(row.`rules:string[]`, '\u001F'),
      r.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F')),
      r.stances = split(row.`stances:string[]`, '\u001F'),
      r.roles = split(row.`roles:string[]`, '\u001F')
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-UPSTREAM_OF.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:UPSTREAM_OF]->(b)
  SET r.count = toInteger(row.`count:long`),
      r.stance = row.`stance:string`,
      r.role = row.`role:string`,
      r.quotes = split(row.`quotes:string[]`, '\u001F'),
      r.documents = split(row.`documents:string[]`, '\u001F'),
      r.sources = split(row.`sources:string[]`, '\u001F'),
      r.starts = toIntegerList(split(row.`starts:long[]`, '\u001F')),
      r.ends = toIntegerList(split(row.`ends:long[]`, '\u001F')),
      r.rules = split(row.`rules:string[]`, '\u001F'),
      r.confidences = toFloatList(split(row.`confidences:double[]`, '\u001F')),
      r.stances = split(row.`stances:string[]`, '\u001F'),
      r.roles = split(row.`roles:string[]`, '\u001F')
} IN TRANSACTIONS OF 1000 ROWS;
