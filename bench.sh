#!/usr/bin/env bash
# Runs one benchmark side by side with its peer: a table, then one last line of JSON. Usage: ./bench.sh training|ingest|live|page|compare|lab|probes|burst [options]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=eng/prerequisites.sh
. eng/prerequisites.sh

[ $# -gt 0 ] || fail "which benchmark? ./bench.sh training|ingest|live|page|compare|lab|probes|burst"
need_toolchain
if [[ " $* " == *" --quick "* ]]; then # shows that it works: no peer, and the server as it is built
    case $1 in live | page | compare) ensure_packages chromium ;; esac
    dotnet build Ntl.Bench --configuration Release --verbosity quiet --nologo >&2
    exec dotnet artifacts/bin/Ntl.Bench/release/ntl-bench.dll "$@"
fi

case $1 in
    training) ensure_packages python3-torch ;; # the peer
    lab) ensure_packages python3-torch gcc ;; # the peers
    live | page | compare) ensure_packages chromium ;;
esac
dotnet build Ntl.Bench --configuration Release --verbosity quiet --nologo >&2
publish_server >&2
exec dotnet artifacts/bin/Ntl.Bench/release/ntl-bench.dll "$@"
