#!/usr/bin/env bash
# Processes killed at six chosen moments of a run, and many (100) at random ones; the next run makes each good.
# each the next run must end as if nothing had happened. The suite does five at chosen moments.
set -euo pipefail
cd "$(dirname "$0")/.."
exec mvn -B -q verify -Dquick -DskipTests=false -Dassay.kills="${1:-100}" \
  -Dtest=ArchitectureTest -Dit.test='KilledIT' \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
