#!/usr/bin/env bash
# What it costs to sum 5,295,403 people to cells and to fit every board from these, beside a scan of the
# same columns and beside MLlib on people as rows; and thousands of fits from generated cells. All in one
# process on two threads; the numbers to quote are the ratios.
#   ASSAY_DATA   the folder of the data
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
data=$(cd "${ASSAY_DATA:-$home/../shared/data}" && pwd)
work="$home/bench/target/ingest"
(cd "$home" && mvn -B -q -Pbench -Dquick package -pl bench -am)
classpath="$home/bench/target/classes:$(cat "$home/bench/target/bench.classpath")"
run() { java "@$home/jobs/jvm.options" -XX:+UseSerialGC -Xmx4g -cp "$classpath" "$@"; }

[ -f "$work/data/people/_SUCCESS" ] || run org.assay.bench.ExpandScotland "$data" "$work/data" 2>/dev/null
printf '%-45s %10s %8s\n' what seconds scans
run org.assay.bench.FitCells "$work/data/people.parquet" "$work/data/people" "$work/data/tenth.parquet" 2>/dev/null \
  | sed -n 's/^RESULT //p' | awk -F'|' '{ printf "%-45s %10.2f %8.2f\n", $1, $2, $3 }'
