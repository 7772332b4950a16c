#!/usr/bin/env bash
# Installs what is missing, builds, and serves Ntl. Usage: ./run.sh [--urls http://127.0.0.1:5080] [--new-lab] [any Ntl.Web setting, as --Ntl:DataDirectory=PATH]
# ./run.sh backup --to FILE   copies the database, also while a server runs
# ./run.sh restore --from FILE   puts a back-up in its place; stop the server first (docs/runbook.md)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=eng/prerequisites.sh
. eng/prerequisites.sh

need_toolchain
printf 'ntl: building (the first time takes a few minutes)\n' >&2
publish_server

server=$PWD/artifacts/publish/Ntl.Web/release
# The server prints one line when it is ready: where it serves, and what it keeps where.
exec dotnet "$server/Ntl.Web.dll" --contentRoot "$server" --Ntl:DataDirectory="${NTL_DATA:-$PWD/data}" "$@"
