#!/bin/bash
# demo.sh BINARY OUT: collects the sample insurance system into a bundle, assesses it with its workload in English and in
# Chinese, converts it, serves it as an Oracle with generated rows, loads those into a PostgreSQL of its own and verifies them, and says
# where the results lie. Neither an Oracle nor Docker is needed. Exit code 3, "done, but partly", is no failure of the demo: it is
# what the reports are about.
set -euo pipefail
bin=$1 out=$2
partly() {
  rc=0
  "$@" || rc=$?
  [ $rc -eq 0 ] || [ $rc -eq 3 ] || exit $rc
}
mkdir -p "$out"
partly "$bin" collect --source files:testdata/insurance --out "$out/insurance.zip"
partly "$bin" assess --source "bundle:$out/insurance.zip" --workload testdata/insurance/workload --target postgresql --out "$out" --format all
partly "$bin" assess --source "bundle:$out/insurance.zip" --workload testdata/insurance/workload --target postgresql --out "$out/zh" --lang zh --format xlsx,html,md -q
partly "$bin" convert --source files:testdata/insurance --target postgresql --out "$out/postgresql" --prove auto

# the load: an Oracle and a PostgreSQL that are gone afterwards. Each writes one line of JSON when it is ready
move="$out/move"
rm -rf "$move"
mkdir -p "$move"
cp testdata/load/insurance.yaml "$move/landfall.yaml"
export LANDFALL_SOURCE_PASSWORD=demo
servers=""
trap '[ -z "$servers" ] || kill $servers 2>/dev/null; wait' EXIT
"$bin" sim --schema testdata/insurance/schema --data generate:${DEMO_ROWS:-100000} --user INS_CORE --password-env LANDFALL_SOURCE_PASSWORD --listen 127.0.0.1:0 --json -q > "$move/sim.json" &
sim=$! servers=$!
"$bin" scratch --json > "$move/pg.json" &
pg=$! servers="$sim $pg"
for i in $(seq 600); do
  [ -s "$move/sim.json" ] && [ -s "$move/pg.json" ] && break
  sleep 0.2
  kill -0 $sim && kill -0 $pg || exit 1
done
address=$(sed -n 's/.*"address":"\([^"]*\)".*/\1/p' "$move/sim.json")
target=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' "$move/pg.json")
partly "$bin" load run --source "oracle://INS_CORE@$address/SIM" --target "$target" --schema "$out/postgresql" --project "$move"
"$bin" load verify --source "oracle://INS_CORE@$address/SIM" --target "$target" --project "$move" > "$move/verify.txt"
tail -n 1 "$move/verify.txt"

echo
echo "Results of testdata/insurance:"
for f in "$out"/insurance.zip "$out"/report.xlsx "$out"/report.html "$out"/report.json "$out"/report.md "$out"/report.sarif "$out"/report.junit.xml "$out"/zh/report.xlsx "$out"/zh/report.html \
  "$out"/postgresql/deploy.sql "$out"/postgresql/manifest.json "$out"/postgresql/ledger.jsonl "$out"/move/plan.json "$out"/move/verify.txt; do
  [ -s "$f" ] || { echo "missing: $f"; exit 1; }
  echo "  $PWD/$f"
done
