#!/usr/bin/env bash
# What the tests need beside Python: a browser, fonts, PostgreSQL, Java and the Nu HTML checker, Node and a calendar.
# As root on Debian it installs them; elsewhere it says what is missing and which tests are then skipped.
set -uo pipefail
cd "$(dirname "$0")/../.."
VNU_VERSION=26.9.27
ICAL_VERSION=2.2.1
tools=var/tools
missing=()

have() { command -v "$1" >/dev/null 2>&1; }
postgres() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || have initdb; }
arabic() { fc-list ":lang=ar" 2>/dev/null | grep -q .; }

packages=()
have chromium || packages+=(chromium)
{ have fc-list && arabic; } || packages+=(fonts-noto-core fontconfig)
postgres || packages+=(postgresql)
have java || packages+=(default-jre-headless)
have npm || packages+=(npm)
if [ "${#packages[@]}" -gt 0 ] && [ "$(id -u)" = 0 ] && have apt-get; then
  echo "Installing for the tests: ${packages[*]}"
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  { apt-get update -q && apt-get install -y -q --no-install-recommends "${packages[@]}"; } >"$log" 2>&1 || tail -20 "$log"
fi

if [ ! -f "$tools/vnu.jar" ] && have npm; then
  mkdir -p "$tools"
  place=$(mktemp -d)
  npm install --prefix "$place" --ignore-scripts --no-audit --no-fund --no-package-lock "vnu-jar@$VNU_VERSION" >"$place/log" 2>&1 || tail -5 "$place/log"
  found=$(find "$place" -name vnu.jar | head -1)
  if [ -n "$found" ] && echo "$(cat tests/tools/vnu.sha256)  $found" | sha256sum --check --status; then
    cp "$found" "$tools/vnu.jar"
  elif [ -n "$found" ]; then
    echo "vnu.jar is not the file we know (tests/tools/vnu.sha256); it is not used."
  fi
  rm -rf "$place"
fi

if [ ! -f "$tools/ical.cjs" ] && have npm; then
  mkdir -p "$tools"
  place=$(mktemp -d)
  npm install --prefix "$place" --ignore-scripts --no-audit --no-fund --no-package-lock "ical.js@$ICAL_VERSION" >"$place/log" 2>&1 || tail -5 "$place/log"
  found=$(find "$place" -name ical.es5.cjs | head -1)
  if [ -n "$found" ] && echo "$(cat tests/tools/ical.sha256)  $found" | sha256sum --check --status; then
    cp "$found" "$tools/ical.cjs"
  elif [ -n "$found" ]; then
    echo "ical.js is not the file we know (tests/tools/ical.sha256); it is not used."
  fi
  rm -rf "$place"
fi

have chromium || missing+=("chromium: the tests in tests/accessibility are skipped")
postgres || missing+=("postgresql: the second run, on PostgreSQL, is skipped")
{ have java && [ -f "$tools/vnu.jar" ]; } || missing+=("java and vnu-jar (npm): the HTML check is skipped")
{ have node && [ -f "$tools/ical.cjs" ]; } || missing+=("node and ical.js (npm): our calendar files are read by one calendar only")
arabic || missing+=("fonts-noto-core: Arabic pages are drawn without Arabic letters")
if [ "${#missing[@]}" -gt 0 ]; then
  echo "Missing for the tests (install them, or run as root on Debian):"
  printf '  - %s\n' "${missing[@]}"
  [ -z "${PORTAL_NEVER_SKIP:-}" ] || exit 1
fi
exit 0
