#!/bin/sh
# Browser tests need Debian's Chromium: install it where we may, say what is missing where we may not.
# veraPDF, which holds the brief against the rules of PDF/UA, needs a Java development kit: install that too where we may.
set -eu
CHROMIUM=/usr/bin/chromium
SHELL_ONLY=/usr/bin/chromium-headless-shell

# The same engine without the window around it opens a page in half the time; the tests do without it where it is missing.
if [ ! -x "$SHELL_ONLY" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { timeout 60 apt-get update -qq
      DEBIAN_FRONTEND=noninteractive timeout 180 apt-get install -qq -y --no-install-recommends chromium-headless-shell
    } >/dev/null 2>&1 || true
fi
if ! command -v javac >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { timeout 60 apt-get update -qq
      DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -qq -y --no-install-recommends default-jdk-headless
    } >/dev/null 2>&1 || echo "No Java development kit: test_export_pdf_ua.py will fail." >&2
fi
[ -x "$CHROMIUM" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core
fi
if [ ! -x "$CHROMIUM" ]; then
    echo "Browser tests need $CHROMIUM. On Debian or Ubuntu: sudo apt-get install chromium" >&2
    exit 1
fi
