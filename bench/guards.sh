#!/usr/bin/env bash
# How long all guards before a fit take for 6,500 regions of 1,000 cells, on one thread.
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
(cd "$home" && mvn -B -q -Pbench -Dquick package -pl bench -am)
classpath="$home/bench/target/classes:$(cat "$home/bench/target/bench.classpath")"
java "@$home/jobs/jvm.options" -XX:+UseSerialGC -Xmx3g -cp "$classpath" org.assay.bench.JudgeRegions \
  | sed -n 's/^RESULT //p'
