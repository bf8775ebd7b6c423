#!/bin/sh
# Imports this folder into a new, stopped Neo4j 5 database: ./import.sh [DATABASE]
set -eu
cd "$(dirname "$0")"
neo4j-admin database import full \
  --nodes=nodes-Agency.csv \
  --nodes=nodes-Association.csv \
  --nodes=nodes-City.csv \
  --nodes=nodes-Company.csv \
  --nodes=nodes-Country.csv \
  --nodes=nodes-District.csv \
  --nodes=nodes-Incentive.csv \
  --nodes=nodes-Industry.csv \
  --nodes=nodes-Institute.csv \
  --nodes=nodes-Organization.csv \
  --nodes=nodes-Policy.csv \
  --nodes=nodes-Project.csv \
  --nodes=nodes-Province.csv \
  --nodes=nodes-Region.csv \
  --nodes=nodes-Target.csv \
  --nodes=nodes-Task.csv \
  --nodes=nodes-Technology.csv \
  --nodes=nodes-Zone.csv \
  --relationships=rels-APPLIES_TO.csv \
  --relationships=rels-BASED_ON.csv \
  --relationships=rels-BROADER.csv \
  --relationships=rels-COVERS.csv \
  --relationships=rels-DEVELOPS.csv \
  --relationships=rels-HAS_TARGET.csv \
  --relationships=rels-ISSUED_BY.csv \
  --relationships=rels-LOCATED_IN.csv \
  --relationships=rels-PART_OF.csv \
  --relationships=rels-PLACE.csv \
  --relationships=rels-TOPIC.csv \
  --id-type=string --array-delimiter=";" \
  "${1:-neo4j}"
