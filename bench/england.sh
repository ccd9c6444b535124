#!/usr/bin/env bash
# A synthetic England: how many of the true effects are inside their 95 % intervals, and what a month
# costs beside the whole: each as a process of its own, and in one that stays between runs.
#   PEOPLE   how many people (default 1,000,000)
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
people=${PEOPLE:-1000000}
work="$home/bench/target/england-$people"
assay() { "$home/assay" "$@"; }
seconds() { local begin=$SECONDS; "$@" >>"$work.log" 2>&1 || { tail -n 5 "$work.log" >&2; exit 1; }; echo $((SECONDS - begin)); }

rm -rf "$work" "$work.log" "$work-later"; mkdir -p "$home/bench/target" "$work-later"
assay --version >/dev/null                                   # builds what is missing
printf 'whole, landing included   %6d s\n' "$(seconds assay demo --folder "$work" --people "$people")"
rm -rf "$work/lake"
printf 'whole                     %6d s\n' "$(seconds assay run -c "$work/assay.conf")"
rm -rf "$work/lake"
mv "$work"/landing/patients/patients_2026-03-31* "$work-later"
seconds assay run -c "$work/assay.conf" >/dev/null
mv "$work-later"/* "$work/landing/patients"
printf 'the last month alone      %6d s\n' "$(seconds assay run -c "$work/assay.conf")"

assay query -c "$work/assay.conf" --format csv \
  "SELECT cohort, factor, level, conf_low, conf_high FROM gold_exact.model_terms WHERE model = 'full' AND status = 'estimated' AND factor IS NOT NULL AND level_label = level" \
  | tr -d '"' \
  | awk -F, 'NR == FNR { truth[$1 FS $2 FS $3] = $4; next }
      $1 != "cohort" && ($1 FS $2 FS $3) in truth { t = truth[$1 FS $2 FS $3]; n[$1]++; all++
        if (t >= $4 && t <= $5) { inside[$1]++; within++ } }
      END { for (c in n) printf "%-22s %6d terms, %5.1f %% hold the true effect\n", c, n[c], 100 * inside[c] / n[c]
        printf "%-22s %6d terms, %5.1f %% hold the true effect\n", "all", all, 100 * within / all }' \
    "$work/landing/TRUTH.csv" - | sort

(cd "$home" && mvn -B -q -Pbench -Dquick package)
java "@$home/jobs/jvm.options" -XX:MetaspaceSize=512m -XX:MaxRAMPercentage=50 \
  -cp "$home/bench/target/classes:$(cat "$home/bench/target/bench.classpath")" org.assay.bench.LastMonth "$work" 2>>"$work.log" \
  | awk '/^RESULT/ { seconds = $2; sub(/^RESULT [0-9]+ /, ""); printf "%-38s %6d s\n", $0, seconds }'
