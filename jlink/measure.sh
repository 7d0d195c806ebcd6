#!/usr/bin/env bash
# Prints how large the images are, how soon they answer with and without their AOT cache (median of 5), and how much memory
# they hold when idle. Takes the images of jlink/build.sh (target/jlink/images). Linux; needs curl, Xvfb and xwininfo.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ "$(uname -s)" = Linux ] || fail "this measures on Linux only"
need curl curl
need Xvfb xvfb
need xwininfo x11-utils
images="$repository/target/jlink/images"
runs="${1:-5}"
work="$(mktemp -d)"
pids=()
end() {
  local pid
  for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null || true; done
  for pid in ${pids[@]+"${pids[@]}"}; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap end EXIT

now() { # milliseconds
  echo $(($(date +%s%N) / 1000000))
}

median() {
  sort -n | sed -n "$(((runs + 1) / 2))p"
}

# Every ten milliseconds: questions without a pause would take one of two cores away from what is measured.
wait_for() { # PID COMMAND...
  local pid="$1"
  shift
  until "$@" >/dev/null 2>&1; do
    kill -0 "$pid" 2>/dev/null || fail "it ended: $(cat "$work/log")"
    sleep 0.01
  done
}

begin() { # LAUNCHER ARGUMENT...
  rm -rf "$work/data" "$work/log"
  : >"$work/log"
  begun="$(now)"
  "$@" >"$work/log" 2>&1 &
  begun_pid=$!
}

coordinator() {
  begin "$images/modelfleet-coordinator/bin/coordinator" --port "$port" --data-dir "$work/data" --registry-url http://127.0.0.1:9
  wait_for "$begun_pid" curl -fs -o "$work/answer" "http://127.0.0.1:$port/health"
}

agent() {
  begin "$images/modelfleet-agent/bin/agent" --coordinator-url "$fleet" --ollama-url http://127.0.0.1:9 --host 127.0.0.1 \
    --agent-api-port "$port" --gpu-model Measured --gpu-memory 24GB --data-dir "$work/data"
  wait_for "$begun_pid" curl -fs -o "$work/answer" "http://127.0.0.1:$port/health"
}

shown() {
  # A title and a size of its own: the window is there, not only its name.
  xwininfo -root -tree | grep -q '"Modelfleet".* 1[0-9]*x[0-9]*+'
}

console() {
  begin env XDG_CONFIG_HOME="$work/config" "$images/modelfleet-console/bin/modelfleet-console" --connect "$fleet"
  wait_for "$begun_pid" shown
}

times() { # NAME
  local i
  for ((i = 0; i < runs; i++)); do
    "$1"
    echo $(($(now) - begun))
    stop "$begun_pid"
  done | median
}

resident() { # NAME, after ten idle seconds
  "$1"
  sleep 10
  awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$begun_pid/status"
  stop "$begun_pid"
}

# What the agent and the console talk to.
port=0
"$images/modelfleet-coordinator/bin/coordinator" --port 0 --data-dir "$work/fleet" --registry-url http://127.0.0.1:9 \
  >"$work/fleet.log" 2>&1 &
pids+=($!)
until_true 60 listening "$work/fleet.log" || fail "$(cat "$work/fleet.log")"
fleet="$(listening "$work/fleet.log")"
port="$(free_port)"
Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>"$work/display" 2>/dev/null &
pids+=($!)
until_true 20 test -s "$work/display" || fail "Xvfb does not start"
DISPLAY=":$(cat "$work/display")"
export DISPLAY

echo "$(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg), median of $runs"
printf '%-12s %10s %14s %16s %14s\n' "" "image MB" "start ms" "no cache, ms" "idle RSS MB"
for name in coordinator agent console; do
  size=$(($(du -sk "$images/modelfleet-$name" | cut -f 1) / 1024))
  with="$(times "$name")"
  without="$(JAVA_TOOL_OPTIONS=-XX:AOTMode=off times "$name")"
  printf '%-12s %10s %14s %16s %14s\n' "$name" "$size" "$with" "$without" "$(resident "$name")"
done
