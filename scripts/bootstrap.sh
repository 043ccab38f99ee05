#!/bin/sh
# Sets up what the project needs: uv, the locked environment in .venv and, with "system" as the
# argument, Chromium, fonts and libarchive for the browser tests, the charts and 7z and RAR.
# As root on Debian it installs what is missing; otherwise it says what to install and stops.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

apt_install() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        if [ -z "${APT_UPDATED:-}" ]; then apt-get update -qq >&2; APT_UPDATED=1; fi
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
    else
        say "Please install: $* (on Debian: apt-get install $*), then run the same command again."
        exit 1
    fi
}

find_uv() {
    if command -v uv >/dev/null 2>&1; then UV=uv
    elif [ -x .uv/bin/uv ]; then UV=.uv/bin/uv
    else UV=; fi
}

find_uv
if [ -z "$UV" ]; then
    command -v python3 >/dev/null 2>&1 || apt_install python3
    # Debian ships Python without venv and pip: ensurepip is the part that is missing then.
    python3 -c 'import ensurepip, venv' 2>/dev/null || apt_install python3-venv
    say "Installing uv into .uv"
    python3 -m venv .uv
    .uv/bin/pip install --quiet --disable-pip-version-check uv
    find_uv
fi

# Compiled once here: where PYTHONDONTWRITEBYTECODE is set, every start would compile all again.
"$UV" sync --quiet --frozen --compile-bytecode ${UV_GROUPS:-}
.venv/bin/python -m compileall -q src

if [ "${1:-}" = system ] || [ "${1:-}" = fonts ]; then
    if ! fc-list 2>/dev/null | grep -qi 'noto.*cjk'; then apt_install fontconfig fonts-noto-cjk; fi
fi
if [ "${1:-}" = system ]; then
    # 7z and RAR archives; everything else works without it.
    if ! ls /usr/lib/*/libarchive.so.13 >/dev/null 2>&1; then apt_install libarchive13; fi
    # The judge of FollowTheMoney exports is compiled against ICU; without it its test is skipped.
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && ! pkg-config --exists icu-i18n 2>/dev/null; then
        apt_install g++ pkg-config libicu-dev python3-dev
    fi
    if pkg-config --exists icu-i18n 2>/dev/null; then
        "$UV" sync --quiet --frozen --inexact --compile-bytecode --group ftm ||
            say "followthemoney could not be installed: the test of its export is skipped."
    fi
    if ! command -v chromium >/dev/null 2>&1 && ! command -v chromium-browser >/dev/null 2>&1; then
        apt_install chromium
    fi
fi
