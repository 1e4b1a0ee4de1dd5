#!/bin/sh
# The brief (PDF) needs Debian's Pango: install it where we may, say what is missing where we may not. All else works.
set -eu
has_pango() { ldconfig -p 2>/dev/null | grep -q 'libpango-1.0.so.0' && ldconfig -p | grep -q 'libpangoft2-1.0.so.0'; }

has_pango && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { timeout 60 apt-get update -qq
      DEBIAN_FRONTEND=noninteractive timeout 180 apt-get install -qq -y --no-install-recommends \
          libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core
    } >/dev/null 2>&1 || true
fi
has_pango || echo "Briefs (PDF) need Pango: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0. All else works." >&2
