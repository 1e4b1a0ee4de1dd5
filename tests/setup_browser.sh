#!/bin/sh
# Browser tests need Debian's Chromium: install it where we may, say what is missing where we may not.
set -eu
CHROMIUM=/usr/bin/chromium

[ -x "$CHROMIUM" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core
fi
if [ ! -x "$CHROMIUM" ]; then
    echo "Browser tests need $CHROMIUM. On Debian or Ubuntu: sudo apt-get install chromium" >&2
    exit 1
fi
