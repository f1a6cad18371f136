#!/bin/bash
# setup.sh [all]: installs what landfall's tests need where it is missing: as root with apt-get, else it says
# exactly what to install and ends with 1. "all" adds what optional tests would skip without.
set -euo pipefail

min=14
version() { "$1/$2" --version 2>/dev/null | sed -nE "s/^$2 \(PostgreSQL\) ([0-9]+).*/\1/p"; }
usable() {
  local v p
  v=$(version "$1" initdb) && p=$(version "$1" postgres) && [ -n "$v" ] && [ "$v" = "$p" ] && [ "$v" -ge $min ]
}
postgres_dir() {
  local d
  if [ -n "${LANDFALL_PG_BIN:-}" ]; then
    usable "$LANDFALL_PG_BIN" && echo "$LANDFALL_PG_BIN"
    return
  fi
  if d=$(command -v initdb) && d=$(dirname "$(readlink -f "$d")") && usable "$d"; then echo "$d"; return; fi
  for d in $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin 2>/dev/null | sort -rV); do
    if usable "$d"; then echo "$d"; return; fi
  done
}

need=()
go version >/dev/null 2>&1 || { echo "setup: go is not on the PATH; see https://go.dev/dl"; exit 1; }
pg=$(postgres_dir || true)
if [ -z "$pg" ] && [ -n "${LANDFALL_PG_BIN:-}" ]; then
  echo "setup: LANDFALL_PG_BIN=$LANDFALL_PG_BIN holds no PostgreSQL $min or newer"; exit 1
fi
[ -n "$pg" ] || need+=(postgresql)
# orafce and plpgsql_check judge what was converted. Debian's servers get Debian's packages; one that LANDFALL_PG_BIN names,
# or that was built by hand, brings its own or goes without: the tests that want them skip then.
case "$pg" in
/usr/lib/postgresql/*)
  major=$(version "$pg" initdb)
  for ext in plpgsql_check:plpgsql-check orafce:orafce; do
    [ -e "/usr/share/postgresql/$major/extension/${ext%%:*}.control" ] || need+=("postgresql-$major-${ext#*:}")
  done
  ;;
esac
if [ "${1:-}" = all ]; then
  command -v "${CC:-gcc}" >/dev/null || need+=(gcc libc6-dev)
  command -v soffice >/dev/null || need+=(libreoffice-calc)
  command -v chromium >/dev/null || command -v google-chrome >/dev/null || need+=(chromium)
  command -v node >/dev/null || need+=(nodejs)
fi
if [ ${#need[@]} -eq 0 ]; then
  [ "${1:-}" != all ] || echo "setup: everything is there"
  exit 0
fi

line="apt-get update && apt-get install -y --no-install-recommends ${need[*]}"
if ! command -v apt-get >/dev/null; then
  echo "setup: missing: ${need[*]} (Debian's names). Install them with this system's package manager; for PostgreSQL,"
  echo "setup: LANDFALL_PG_BIN may name the folder that holds initdb and postgres."
  exit 1
fi
if [ "$(id -u)" != 0 ]; then
  echo "setup: missing: ${need[*]}. Run, then try again:"
  echo "  sudo sh -c '$line'"
  exit 1
fi
echo "setup: installing ${need[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
if [ -z "$pg" ] && [ ! -e /etc/postgresql-common ]; then
  # only the programs are wanted: without this Debian would also make and start a cluster
  apt-get install -y -q --no-install-recommends postgresql-common
  echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
fi
apt-get install -y -q --no-install-recommends "${need[@]}"
[ -n "$pg" ] || [ -n "$(postgres_dir || true)" ] || { echo "setup: this Debian's PostgreSQL is older than $min"; exit 1; }
[ -n "$pg" ] || exec "$0" "$@" # now the version is known, for its extensions
