#!/usr/bin/env bash
# Processes killed at six chosen moments of a run, and a hundred (or as many as are named) at random
# ones; after each the next run must end as if nothing had happened. The suite does one of the six.
set -euo pipefail
cd "$(dirname "$0")/.."
exec mvn -B -q verify -Dquick -DskipTests=false -Dassay.kills="${1:-100}" \
  -Dtest=ArchitectureTest -Dit.test='KilledIT' \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
