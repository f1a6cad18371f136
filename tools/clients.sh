#!/bin/bash
# clients.sh: installs the drivers that the protocol server of the embedded Oracle is tested with, where they are missing:
# node-oracledb from npm and python-oracledb from PyPI, versions pinned, and python3-oracledb, the old release that Debian 12
# has. The folder is LANDFALL_CLIENTS, else /var/cache/landfall/clients for root and the user's cache for others. It says
# what it could not get and ends with 1 then.
set -uo pipefail

node_oracledb=26.0.0
python_oracledb=26.1.0
if [ -n "${LANDFALL_CLIENTS:-}" ]; then dir=$LANDFALL_CLIENTS
elif [ "$(id -u)" = 0 ]; then dir=/var/cache/landfall/clients
else dir=${XDG_CACHE_HOME:-$HOME/.cache}/landfall/clients; fi
mkdir -p "$dir"
failed=0
missing() { echo "setup-clients: $*"; failed=1; }
apt() { # packages
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then return 1; fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >"$dir/apt.log" 2>&1 ||
    { apt-get update -q >"$dir/apt.log" 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >>"$dir/apt.log" 2>&1; }
}

command -v node >/dev/null && command -v npm >/dev/null || apt nodejs npm || missing "no node and npm (Debian: apt-get install nodejs npm)"
have=$(node -p "require('$dir/node_modules/oracledb/package.json').version" 2>/dev/null)
if [ "$have" != "$node_oracledb" ]; then
  timeout 300 npm install --prefix "$dir" --ignore-scripts --no-audit --no-fund --no-save "oracledb@$node_oracledb" >"$dir/npm.log" 2>&1 ||
    missing "npm does not give oracledb@$node_oracledb, see $dir/npm.log"
fi

/usr/bin/python3 -c 'import oracledb' 2>/dev/null || apt python3-oracledb || echo "setup-clients: no python3-oracledb from this system; goes on without"
have=$(PYTHONPATH=$dir/python python3 -c 'import oracledb; print(oracledb.__version__ if oracledb.__file__.startswith("'"$dir"'") else "")' 2>/dev/null)
if [ "$have" != "$python_oracledb" ]; then
  python3 -m pip --version >/dev/null 2>&1 || apt python3-pip
  rm -rf "$dir/python"
  timeout 300 python3 -m pip install -q --no-input --disable-pip-version-check --only-binary :all: --target "$dir/python" "oracledb==$python_oracledb" >"$dir/pip.log" 2>&1 ||
    echo "setup-clients: pip does not give oracledb==$python_oracledb, see $dir/pip.log; goes on without"
fi
if ! /usr/bin/python3 -c 'import oracledb' 2>/dev/null && ! PYTHONPATH=$dir/python python3 -c 'import oracledb' 2>/dev/null; then
  missing "no python-oracledb (Debian: apt-get install python3-oracledb)"
fi
[ $failed = 0 ] && echo "setup-clients: node-oracledb and python-oracledb are there"
exit $failed
