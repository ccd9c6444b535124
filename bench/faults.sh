#!/usr/bin/env bash
# A fault of every single operation on tables and landing, each in a lake of its own, and thirty sets
# of deliveries in any order of arrival, and all corruptions of a real census. The suite has small
# versions of them.
set -euo pipefail
cd "$(dirname "$0")/.."
exec mvn -B verify -Dquick -DskipTests=false -Dassay.campaign=true -Dassay.orders="${1:-30}" \
  -Dtest=FaultTest -Dit.test='StageFaultIT,ArrivalOrderIT,CorruptionsIT' \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
