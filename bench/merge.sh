#!/usr/bin/env bash
# A type 2 dimension, a hundredth of it changed: merged, made anew, and the plain rewrite of the same
# table, in one process on two threads; the numbers to quote are the ratios.
#   PEOPLE   how many members (default 5,000,000)
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
people=${PEOPLE:-5000000}
work="$home/bench/target/merge"
(cd "$home" && mvn -B -q -Pbench -Dquick package -pl bench -am)
classpath="$home/bench/target/classes:$(cat "$home/bench/target/bench.classpath")"
rm -rf "$work"
printf '%-12s %10s\n' what seconds
java "@$home/jobs/jvm.options" -XX:+UseSerialGC -Xmx4g -cp "$classpath" org.assay.bench.MergeDimension "$work" "$people" 2>"$work.log" \
  | awk '/^RESULT measured/ { printf "%-12s %10.2f\n", $3, $4 }'
rm -rf "$work"
