#!/usr/bin/env bash
# A fault of every single operation on tables and landing, each in a lake of its own, and thirty sets
# of deliveries in any order of arrival, all corruptions of a real census, the increments of the demo
# against a rebuild after each month, table by table, and a survey without and with the incident, every
# model by both engines. The suite has small versions of them.
set -euo pipefail
cd "$(dirname "$0")/.."
exec mvn -B verify -Dquick -DskipTests=false -Dassay.campaign=true -Dassay.tables=delta -Dassay.orders="${1:-30}" \
  -Dtest=FaultTest -Dit.test='StageFaultIT,ArrivalOrderIT,CorruptionsIT,DemoIT,BrfssIT' \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
