#!/usr/bin/env bash
# Builds the jars twice, in two clean copies of the tree under different paths, and compares them byte by byte.
# What is not committed is copied too, what Git ignores is not. With --built the first of the two is what Maven has built
# in this tree.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need mvn maven
need git git

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

files() {
  local file
  git ls-files --cached --others --exclude-standard -z | while IFS= read -r -d '' file; do
    if [ -e "$file" ]; then printf '%s\0' "$file"; fi # not what was deleted and is not committed yet
  done
}

build() { # FOLDER
  mkdir -p "$1"
  (cd "$repository" && files | tar --create --no-recursion --null --files-from=-) \
    | tar --extract --touch --directory "$1"
  # Offline, and without the tests and the format, which do not go into a jar.
  (cd "$1" && mvn -B -o -q -Dmaven.test.skip=true -Dspotless.check.skip=true -pl coordinator,agent,console-app package)
  (cd "$1" && sha256sum {protocol,service,coordinator,agent,console-app}/target/*.jar) >"$1.sums"
}

if [ "${1:-}" = --built ]; then
  (cd "$repository" && sha256sum {protocol,service,coordinator,agent,console-app}/target/*.jar) >"$work/first.sums"
else
  build "$work/first"
fi
build "$work/a-second/of-another-depth"
diff "$work/first.sums" "$work/a-second/of-another-depth.sums" \
  || fail "two builds of the same input differ; jars of an older build in target/ differ too (mvn clean)"
echo "$(wc -l <"$work/first.sums") jars, twice the same bytes"
