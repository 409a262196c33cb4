#!/bin/sh
# Installs nine feed readers where this user may (root on Debian or Ubuntu); what is missing is said later.
set -u
place=${1:-.readers}
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    for name in newsboat sfeed rss2email rsstail libxml-feed-perl nodejs; do
        dpkg -s "$name" >/dev/null 2>&1 || missing="${missing:-} $name"
    done
    if [ -n "${missing:-}" ]; then
        apt-get update -qq && apt-get install -y -qq $missing >/dev/null || echo "not installed:$missing" >&2
    fi
fi
mkdir -p "$place"
[ -x "$place/venv/bin/python" ] || { python3 -m venv "$place/venv" && "$place/venv/bin/pip" install -q reader feedparser sgmllib3k flask-websub; }
[ -d "$place/node_modules/feedsmith" ] || (cd "$place" && npm install --silent --no-fund --no-audit rss-parser feedsmith >/dev/null)
exit 0
