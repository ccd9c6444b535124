#!/usr/bin/env bash
# A hundred processes (or as many as are named) that are killed at random moments of a run; after
# each the next run must end as if nothing had happened. The suite does five at chosen moments.
set -euo pipefail
cd "$(dirname "$0")/.."
exec mvn -B -q verify -Dquick -DskipTests=false -Dassay.kills="${1:-100}" \
  -Dtest=ArchitectureTest -Dit.test='KilledIT' \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
