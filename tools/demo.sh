#!/bin/bash
# demo.sh BINARY OUT: collects the sample insurance system into a bundle, assesses it with its workload in English and in
# Chinese, converts it, and says where the results lie. Exit code 3, "done, but partly", is no failure of the demo: it is
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
echo
echo "Results of testdata/insurance:"
for f in "$out"/insurance.zip "$out"/report.xlsx "$out"/report.html "$out"/report.json "$out"/report.md "$out"/report.sarif "$out"/report.junit.xml "$out"/zh/report.xlsx "$out"/zh/report.html \
  "$out"/postgresql/deploy.sql "$out"/postgresql/manifest.json "$out"/postgresql/ledger.jsonl; do
  [ -s "$f" ] || { echo "missing: $f"; exit 1; }
  echo "  $PWD/$f"
done
