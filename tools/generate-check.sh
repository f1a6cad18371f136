#!/bin/bash
# generate-check.sh: runs go generate and fails when a file of the repository changes by it.
set -euo pipefail
before=$(git status --porcelain; git diff | cksum)
go generate ./...
after=$(git status --porcelain; git diff | cksum)
if [ "$before" != "$after" ]; then
  echo "generated files are stale; commit what go generate ./... makes:"
  git status --short
  exit 1
fi
