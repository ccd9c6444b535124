#!/usr/bin/env bash
# The tests that keep their tables in memory, with Delta tables in their place.
set -euo pipefail
cd "$(dirname "$0")/.."
exec mvn -B verify -Dquick -DskipTests=false -Dassay.tables=delta \
  -Dtest='DeltaMetricsRepositoryTest,OddFilesTest,org.assay.silver.**,PublicationsTest,PublishedCountsTest' \
  -Dit.test='ArrivalOrderIT,BaselineIT,CorruptionsIT,DefectiveEngineIT,InvarianceIT,SideBySideIT,StageFaultIT,StreamIT' \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
