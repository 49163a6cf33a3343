#!/bin/sh
# Installs Debian's Chromium and a Chinese font for the picture tests, where they are not there yet.
set -eu
if command -v chromium >/dev/null 2>&1 && [ -n "$(find /usr/share/fonts -iname '*cjk*' 2>/dev/null | head -n 1)" ]; then
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
  echo "Chromium and a CJK font are needed for the picture tests." >&2
  echo "Install them (Debian: apt-get install chromium fonts-noto-cjk), or run this as root." >&2
  exit 1
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
