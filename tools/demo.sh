#!/bin/bash
# demo.sh BINARY OUT: assesses and converts the sample insurance system and says where the results lie. Exit code 3,
# "done, but partly", is no failure of the demo: it is what the reports are about.
set -euo pipefail
bin=$1 out=$2
partly() {
  rc=0
  "$@" || rc=$?
  [ $rc -eq 0 ] || [ $rc -eq 3 ] || exit $rc
}
partly "$bin" assess --source files:testdata/insurance --target postgresql --out "$out"
partly "$bin" convert --source files:testdata/insurance --target postgresql --out "$out/postgresql" --prove auto
echo
echo "Results of testdata/insurance:"
for f in "$out"/report.xlsx "$out"/report.html "$out"/report.json "$out"/postgresql/deploy.sql "$out"/postgresql/manifest.json "$out"/postgresql/ledger.jsonl; do
  [ -s "$f" ] || { echo "missing: $f"; exit 1; }
  echo "  $PWD/$f"
done
