#!/usr/bin/env bash
# How long the rules of an extract take to label 5,295,403 rows, beside a plain scan of the same
# columns, all in one process on two threads; the numbers to quote are the ratios.
#   ASSAY_DATA   the folder of the data
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
data=$(cd "${ASSAY_DATA:-$home/../shared/data}" && pwd)
work="$home/bench/target/ingest"
(cd "$home" && mvn -B -q -Pbench -Dquick package -pl bench -am)
classpath="$home/bench/target/classes:$(cat "$home/bench/target/bench.classpath")"
run() { java "@$home/jobs/jvm.options" -XX:+UseSerialGC -Xmx3g -cp "$classpath" "$@"; }

[ -f "$work/data/tenth.parquet" ] || run org.assay.bench.ExpandScotland "$data" "$work/data" 2>/dev/null
printf '%-10s %6s %10s %10s %6s\n' what rules seconds scans jobs
run org.assay.bench.Labelling "$work/data/people.parquet" "$work/data/tenth.parquet" 2>/dev/null \
  | awk '/^RESULT/ { printf "%-10s %6d %10.2f %10.2f %6d\n", $2, $3, $4, $5, $6 }'
