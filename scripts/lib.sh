# What the scripts in this folder share. Sourced first; goes to the top of the repository.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

# build/node is where scripts/setup puts a newer Node if the machine's is too old.
export PATH="$root/build/node/node_modules/.bin:$PATH"
export ASTRO_TELEMETRY_DISABLED=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 PUPPETEER_SKIP_DOWNLOAD=1
export CHROME_PATH=${CHROME_PATH:-$(command -v chromium || true)}
export PYTHONDONTWRITEBYTECODE=1

if [ -t 1 ]; then say() { printf '\033[1m%s\033[0m\n' "$*"; }; else say() { echo "$*"; }; fi
fail() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# usage: the comment at the top of the script.
usage() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"; }

# timed WHAT COMMAND...: announces, runs, tells how long it took.
timed() {
  local what=$1 begin=$SECONDS
  shift
  say "$what"
  "$@"
  printf '  %s: %d s\n' "$what" $((SECONDS - begin))
}

# stale STAMP PATH...: true when something below the paths is newer than the stamp. A folder counts as well, so that
# what was added or removed is noticed.
stale() {
  local stamp=$1
  shift
  [ ! -e "$stamp" ] && return
  [ -n "$(find "$@" -name node_modules -prune -o -name dist -prune -o -name .astro -prune -o -newer "$stamp" -print -quit)" ]
}
