#!/usr/bin/env bash
# How fast bronze ingests 5,295,403 rows of one file, beside DuckDB reading the same file into a
# table. Each measurement is a process of its own on two threads; the numbers to quote are the ratios.
#   ASSAY_DATA   the folder of the data
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
data=$(cd "${ASSAY_DATA:-$home/../shared/data}" && pwd)
work="$home/bench/target/ingest"
(cd "$home" && mvn -B -q -Pbench -Dquick package -pl bench -am)
classpath="$home/bench/target/classes:$(cat "$home/bench/target/bench.classpath")"
run() { java "@$home/jobs/jvm.options" -XX:+UseSerialGC "-Xmx${heap:-1g}" -cp "$classpath" "$@"; }

[ -f "$work/data/tenth.parquet" ] || heap=3g run org.assay.bench.ExpandScotland "$data" "$work/data" 2>/dev/null
printf '%-10s %-8s %12s %10s %14s %10s\n' reader format rows seconds rows/s 'peak MB'
for format in csv.gz parquet; do
  for reader in Assay DuckDb; do
    for size in tenth people; do
      rm -rf "$work/out"
      run "org.assay.bench.${reader}Ingest" "$work/data/$size.$format" "$work/data/tenth.$format" "$work/out" 2>/dev/null \
        | awk -v r="$reader" -v f="$format" '/^RESULT/ { printf "%-10s %-8s %12d %10.2f %14.0f %10d\n", r, f, $2, $3, $2 / $3, $4 }'
    done
  done
done
