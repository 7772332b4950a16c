#!/usr/bin/env bash
# Installs what the tests need, builds everything with warnings as errors, and runs every test once.
# Usage: ./test.sh [arguments of the xunit v3 runner, as -namespace Ntl.Tests.Domain*]
# Ends with a line "N passed, N failed, N skipped"; exits 0 only when nothing failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=eng/prerequisites.sh
. eng/prerequisites.sh

need_toolchain
ensure_packages chromium python3
dotnet build Ntl.Web.sln --configuration Release --verbosity quiet --nologo

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
dotnet artifacts/bin/Ntl.Tests/release/Ntl.Tests.dll -noLogo -noColor "$@" 2>&1 | tee "$log" || status=$?

# The runner closes with "Total: 12, Errors: 0, Failed: 1, Skipped: 2, Not Run: 0, Time: 3.1s".
read -r total errors failed skipped < <(sed -n 's/.*Total: \([0-9]*\), Errors: \([0-9]*\), Failed: \([0-9]*\), Skipped: \([0-9]*\).*/\1 \2 \3 \4/p' "$log" | tail -n 1) ||
    fail "the test runner ended without a summary (exit status $status)"
failed=$((failed + errors))
printf '%d passed, %d failed, %d skipped\n' "$((total - failed - skipped))" "$failed" "$skipped"
[ "$status" -eq 0 ] && [ "$failed" -eq 0 ]
