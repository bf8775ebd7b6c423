// Loads this folder into a running Neo4j 5: copy the CSV files into its import folder, then
//   cypher-shell -u neo4j -f import.cypher
// Running it again changes nothing: nodes and relations are merged on their uri and ends.
CREATE CONSTRAINT n10s_unique_uri IF NOT EXISTS FOR (r:Resource) REQUIRE r.uri IS UNIQUE;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Agency.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Agency,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Association.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Association,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-City.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:City,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Company.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Company,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Country.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Country,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-District.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:District,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Incentive.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Incentive,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Industry.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Industry,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Institute.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Institute,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Organization.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Organization,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Policy.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Policy,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Project.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Project,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Province.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Province,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Region.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Region,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Target.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Target,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Task.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Task,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Technology.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Technology,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///nodes-Zone.csv' AS row
CALL {
  WITH row
  MERGE (n:Resource {uri: row.`uri:ID(Resource)`})
  SET n:Zone,
      n.label = row.`label`,
      n.aliases = CASE WHEN row.`aliases:string[]` IS NULL THEN [] ELSE split(row.`aliases:string[]`, ';') END,
      n.code = row.`code:string`,
      n.metric = row.`metric:string`,
      n.operator = row.`operator:string`,
      n.value = toFloat(row.`value:double`),
      n.valueText = row.`valueText:string`,
      n.unit = row.`unit:string`,
      n.baseValue = toFloat(row.`baseValue:double`),
      n.baseUnit = row.`baseUnit:string`,
      n.year = toInteger(row.`year:long`),
      n.baseline = toBoolean(row.`baseline:boolean`),
      n.incentiveKind = row.`incentiveKind:string`,
      n.recipient = row.`recipient:string`,
      n.condition = row.`condition:string`,
      n.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      n.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-APPLIES_TO.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:APPLIES_TO]->(b)
  SET r.stance = row.`stance`,
      r.role = row.`role`,
      r.count = toInteger(row.`count:long`),
      r.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      r.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-BASED_ON.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:BASED_ON]->(b)
  SET r.stance = row.`stance`,
      r.role = row.`role`,
      r.count = toInteger(row.`count:long`),
      r.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      r.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-BROADER.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:BROADER]->(b)
  SET r.stance = row.`stance`,
      r.role = row.`role`,
      r.count = toInteger(row.`count:long`),
      r.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      r.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-COVERS.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:COVERS]->(b)
  SET r.stance = row.`stance`,
      r.role = row.`role`,
      r.count = toInteger(row.`count:long`),
      r.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      r.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-DEVELOPS.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:DEVELOPS]->(b)
  SET r.stance = row.`stance`,
      r.role = row.`role`,
      r.count = toInteger(row.`count:long`),
      r.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      r.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-HAS_TARGET.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:HAS_TARGET]->(b)
  SET r.stance = row.`stance`,
      r.role = row.`role`,
      r.count = toInteger(row.`count:long`),
      r.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      r.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-ISSUED_BY.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:ISSUED_BY]->(b)
  SET r.stance = row.`stance`,
      r.role = row.`role`,
      r.count = toInteger(row.`count:long`),
      r.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      r.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-LOCATED_IN.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:LOCATED_IN]->(b)
  SET r.stance = row.`stance`,
      r.role = row.`role`,
      r.count = toInteger(row.`count:long`),
      r.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      r.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-PART_OF.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:PART_OF]->(b)
  SET r.stance = row.`stance`,
      r.role = row.`role`,
      r.count = toInteger(row.`count:long`),
      r.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      r.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-PLACE.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:PLACE]->(b)
  SET r.stance = row.`stance`,
      r.role = row.`role`,
      r.count = toInteger(row.`count:long`),
      r.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      r.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;

LOAD CSV WITH HEADERS FROM 'file:///rels-TOPIC.csv' AS row
CALL {
  WITH row
  MATCH (a:Resource {uri: row.`:START_ID(Resource)`}), (b:Resource {uri: row.`:END_ID(Resource)`})
  MERGE (a)-[r:TOPIC]->(b)
  SET r.stance = row.`stance`,
      r.role = row.`role`,
      r.count = toInteger(row.`count:long`),
      r.quotes = CASE WHEN row.`quotes:string[]` IS NULL THEN [] ELSE split(row.`quotes:string[]`, ';') END,
      r.documents = CASE WHEN row.`documents:string[]` IS NULL THEN [] ELSE split(row.`documents:string[]`, ';') END
} IN TRANSACTIONS OF 1000 ROWS;
