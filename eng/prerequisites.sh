# Sourced by run.sh, test.sh and bench.sh: makes sure of what they need, and names the command where it cannot.
# shellcheck shell=bash

# A Debian package that every run wants: jemalloc, which saves the trainer a quarter of its step. No compiler is needed.
NTL_BUILD_PACKAGES=(libjemalloc2)

fail() {
    printf 'ntl: %s\n' "$*" >&2
    exit 1
}

# Usage: need_command COMMAND HOW_TO_GET_IT
need_command() {
    command -v "$1" >/dev/null || fail "'$1' is missing. $2"
}

# Usage: ensure_packages PACKAGE...   Installs those that are missing, as root or through sudo.
ensure_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get)
    local command="apt-get update && apt-get install -y ${missing[*]}"
    command -v apt-get >/dev/null || fail "these packages are missing: ${missing[*]}. This is no Debian: install their like, then run this again."
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || fail "these packages are missing: ${missing[*]}. Run as root: $command"
        apt=(sudo "${apt[@]}")
    fi

    printf 'ntl: installing %s\n' "${missing[*]}" >&2
    local log
    log=$(mktemp)
    if ! { "${apt[@]}" update -qq && "${apt[@]}" install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        fail "could not install them. Run as root: $command"
    fi
    rm -f "$log"
}

# Builds the server as it is served: compiled ahead of the first visitor, its pages' files compressed.
publish_server() {
    dotnet publish Ntl.Web --configuration Release --use-current-runtime --no-self-contained --verbosity quiet --nologo
}

need_toolchain() {
    need_command dotnet "Install the .NET 10 SDK (https://dot.net), version $(sed -n 's/.*"version": "\(.*\)".*/\1/p' global.json) or a later feature band."
    dotnet --version >/dev/null 2>&1 || fail "the .NET SDK of global.json is missing: $(dotnet --version 2>&1 | head -n 3 | tr '\n' ' ')"
    need_command npm "Install Node.js 18 or later with npm (Debian: apt-get install nodejs npm)."
    ensure_packages "${NTL_BUILD_PACKAGES[@]}"
}
