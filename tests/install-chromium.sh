#!/bin/sh
# Installs Chromium for the browser tests, where it is missing and this user may (root on Debian or Ubuntu).
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing Chromium for the browser tests"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq chromium fonts-noto-core >/dev/null 2>&1 && exit 0
    echo "Chromium could not be installed" >&2
fi
echo "browser tests need Chromium: install the package 'chromium' (apt, dnf, brew, …)" >&2
exit 0
