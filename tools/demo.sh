#!/bin/bash
# demo.sh BINARY OUT: assesses the sample insurance system and says where the reports lie. Exit code 3 of assess,
# "done, but partly", is no failure of the demo: it is what the report is about.
set -euo pipefail
bin=$1 out=$2
rc=0
"$bin" assess --source files:testdata/insurance --target postgresql --out "$out" || rc=$?
[ $rc -eq 0 ] || [ $rc -eq 3 ] || exit $rc
echo
echo "Reports of testdata/insurance:"
for f in "$out"/report.xlsx "$out"/report.html "$out"/report.json; do
  [ -s "$f" ] || { echo "missing: $f"; exit 1; }
  echo "  $PWD/$f"
done
