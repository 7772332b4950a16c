#!/bin/sh
# Builds the built-in corpora into datasets/built/. Called by the build of Ntl.Training when they are missing or stale.
set -eu
cd "$(dirname "$0")"
command -v npm >/dev/null || { echo "datasets: npm is missing; install it with: apt-get install npm" >&2; exit 1; }
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
fi
node build.mjs
