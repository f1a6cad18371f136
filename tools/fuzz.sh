#!/bin/bash
# fuzz.sh TIME: runs every fuzz test of the module for TIME, one after the other.
set -euo pipefail
for pkg in $(go list ./...); do
  for f in $(go test -list '^Fuzz' "$pkg" | grep '^Fuzz' || true); do
    echo "== $pkg $f $1"
    go test -run '^$' -fuzz "^$f\$" -fuzztime "$1" "$pkg"
  done
done
