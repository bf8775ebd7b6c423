#!/bin/sh
# Imports this folder into a new, stopped Neo4j 5 database: ./import.sh [DATABASE]
set -eu
cd "$(dirname "$0")"
neo4j-admin database import full \
  --nodes=Agency:Resource=nodes-Agency.csv \
  --nodes=Association:Organization:Resource=nodes-Association.csv \
  --nodes=City:Place:Resource=nodes-City.csv \
  --nodes=Class:Resource=nodes-Class.csv \
  --nodes=Company:Organization:Resource=nodes-Company.csv \
  --nodes=Country:Place:Resource=nodes-Country.csv \
  --nodes=District:Place:Resource=nodes-District.csv \
  --nodes=Document:Resource=nodes-Document.csv \
  --nodes=Incentive:Resource=nodes-Incentive.csv \
  --nodes=Industry:Topic:Resource=nodes-Industry.csv \
  --nodes=Industry:Technology:Topic:Resource=nodes-Industry-Technology.csv \
  --nodes=Institute:Organization:Resource=nodes-Institute.csv \
  --nodes=Policy:Resource=nodes-Policy.csv \
  --nodes=Project:Resource=nodes-Project.csv \
  --nodes=Province:Place:Resource=nodes-Province.csv \
  --nodes=Region:Place:Resource=nodes-Region.csv \
  --nodes=Relation:Resource=nodes-Relation.csv \
  --nodes=Target:Resource=nodes-Target.csv \
  --nodes=Task:Resource=nodes-Task.csv \
  --nodes=Technology:Topic:Resource=nodes-Technology.csv \
  --nodes=UnreadNumber:Resource=nodes-UnreadNumber.csv \
  --nodes=Zone:Place:Resource=nodes-Zone.csv \
  --relationships=APPLIES_TO=rels-APPLIES_TO.csv \
  --relationships=BASED_ON=rels-BASED_ON.csv \
  --relationships=BROADER=rels-BROADER.csv \
  --relationships=COVERS=rels-COVERS.csv \
  --relationships=DEVELOPS=rels-DEVELOPS.csv \
  --relationships=DOCUMENT=rels-DOCUMENT.csv \
  --relationships=HAS_TARGET=rels-HAS_TARGET.csv \
  --relationships=ISSUED_BY=rels-ISSUED_BY.csv \
  --relationships=LOCATED_IN=rels-LOCATED_IN.csv \
  --relationships=MENTIONS=rels-MENTIONS.csv \
  --relationships=PART_OF=rels-PART_OF.csv \
  --relationships=PLACE=rels-PLACE.csv \
  --relationships=TOPIC=rels-TOPIC.csv \
  --relationships=UPSTREAM_OF=rels-UPSTREAM_OF.csv \
  --id-type=string --array-delimiter=U+001F \
  --multiline-fields=true --legacy-style-quoting=true \
  "${1:-neo4j}"
