# Shared by the scripts of this folder; to be sourced.
# shellcheck shell=bash

repository="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# need TOOL PACKAGE: ends with what to install when a tool is missing.
need() {
  command -v "$1" >/dev/null 2>&1 || fail "$1 is not installed (Debian: apt-get install $2)"
}

# setting PRODUCT KEY: all values of a key, one a line.
setting() {
  sed -n "s/^$2 //p" "$repository/jlink/products/$1.conf"
}

java_major() {
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

# The first JDK 25 or later of: JAVA_HOME, the usual folders, the java on the path. Whatever java is the default.
find_jdk() {
  local home on_path=
  command -v java >/dev/null 2>&1 && on_path="$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")"
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/* "$on_path"; do
    if [ -x "$home/bin/jlink" ] && [ -x "$home/bin/jpackage" ] && [ "$(java_major "$home")" -ge 25 ] 2>/dev/null; then
      echo "$home"
      return
    fi
  done
  fail "no JDK 25 with jlink and jpackage found; install one (such as Temurin 25) or set JAVA_HOME"
}

pom_version() {
  sed -n '/<version>/{s/.*<version>\(.*\)<\/version>.*/\1/p;q;}' "$repository/pom.xml"
}

# The time that the POM gives to everything built, in seconds.
source_date() {
  local iso
  iso="$(sed -n 's/.*<project.build.outputTimestamp>\(.*\)<\/project.build.outputTimestamp>.*/\1/p' "$repository/pom.xml")"
  date -u -d "$iso" +%s 2>/dev/null || date -u -j -f %Y-%m-%dT%H:%M:%SZ "$iso" +%s
}

# until_true SECONDS COMMAND...: looks every 50 ms whether it holds.
until_true() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.05
  done
}

# listening LOG: the address in the first line of a log that tells one.
listening() {
  local address
  address="$(sed -n '/listening on http:/{s/.*listening on \(http:[^ ]*\).*/\1/p;q;}' "$1")"
  [ -n "$address" ] && echo "$address"
}

# stop PID: asks a process that this script started to end, and waits until it has.
stop() {
  kill "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

free_port() {
  local candidate
  for ((candidate = 28080; candidate < 28180; candidate++)); do
    if ! (: <"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  fail "no free port"
}
