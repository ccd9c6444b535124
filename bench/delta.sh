#!/usr/bin/env bash
# The tests that keep their tables in memory, with Delta tables in their place.
set -euo pipefail
cd "$(dirname "$0")/.."
exec mvn -B test -Dquick -DskipTests=false -Dassay.tables=delta -pl expectations,bronze,silver,gold -am \
  -Dtest='DeltaMetricsRepositoryTest,OddFilesTest,org.assay.silver.**,PublishedCountsTest' \
  -Dsurefire.failIfNoSpecifiedTests=false
