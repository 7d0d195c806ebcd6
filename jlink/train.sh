#!/usr/bin/env bash
# Trains the AOT cache of an image: runs it once as its users would, beside a small fleet on loopback, and lets the JVM write
# down which classes it loaded and linked. usage: train.sh PRODUCT LAUNCHER CACHE JDK
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
product="$1" launcher="$2" cache="$3" jdk="$4"

work="$(mktemp -d)"
pids=()
end() {
  local pid
  for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap end EXIT

# Without the profiles of methods, which serve the optimising compiler later, not the start: 2 MB.
recording="-XX:AOTCacheOutput=$cache -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining"

# Nothing listens on the discard port: the registry and Ollama of this fleet are not reachable.
nowhere=http://127.0.0.1:9

coordinator() { # COMMAND...
  "$@" --host 127.0.0.1 --port 0 --data-dir "$work/coordinator" --registry-url "$nowhere" >"$work/coordinator.log" 2>&1 &
  pids+=($!)
  coordinator_pid=$!
  until_true 60 listening "$work/coordinator.log" || fail "the coordinator does not start: $(cat "$work/coordinator.log")"
  url="$(listening "$work/coordinator.log")"
}

agent() { # COMMAND...
  # Without a name it asks the system for one; a GPU, because the coordinator takes no node without.
  "$@" --coordinator-url "$url" --ollama-url "$nowhere" --host 127.0.0.1 --agent-api-port 0 --gpu-model Training \
    --gpu-memory 24GB --data-dir "$work/agent" >"$work/agent.log" 2>&1 &
  pids+=($!)
  agent_pid=$!
  until_true 60 registered || fail "the agent does not register: $(cat "$work/agent.log")"
}

registered() {
  curl -fsS "$url/api/agents" | grep -q '"gpu_model"'
}

ask() {
  local path
  for path in /health /metrics /openapi.yaml /api/agents /api/models/available /api/tasks '/api/changes?since=0'; do
    curl -sS -o "$work/answer" "$url$path"
  done
  curl -sS -o "$work/answer" -X POST "$url/api/models/distribute" -H 'Content-Type: application/json' \
    -d '{"model_name": "No@Model", "target": "all"}'
}

# The console needs a window system; without one, JavaFX's own that draws into memory.
console() {
  local options=()
  if [ "$(uname -s)" = Linux ]; then
    if [ -z "${DISPLAY:-}" ] && command -v Xvfb >/dev/null 2>&1; then
      Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>"$work/display" 2>/dev/null &
      pids+=($!)
      until_true 20 test -s "$work/display" || fail "Xvfb does not start"
      DISPLAY=":$(cat "$work/display")"
      export DISPLAY
    fi
    [ -n "${DISPLAY:-}" ] || options=(-Dglass.platform=Headless -Dprism.order=sw)
  fi
  # No fleet answers: what only its data needs would make the cache larger by 8 MB, and no window appear earlier.
  # A home of its own, so that nobody's settings are touched.
  JAVA_TOOL_OPTIONS="$recording -Duser.home=$work ${options[*]-}" XDG_CONFIG_HOME="$work/config" \
    "$launcher" --connect "$nowhere" >"$work/console.log" 2>&1 &
  pids+=($!)
  console_pid=$!
  # Training is a span of use, not a condition: the window opens, says that nobody answers, and tries again.
  sleep 10
}

trained() { # PID LOG
  # On SIGTERM the JVM writes the cache before it ends.
  stop "$1"
  [ -s "$cache" ] || fail "no AOT cache was written: $(cat "$2")"
  echo "$product: AOT cache of $(($(wc -c <"$cache") / 1000000)) MB"
}

plain() { # MODULE
  echo "$jdk/bin/java" -jar "$repository/$1/target/$1.jar"
}

# shellcheck disable=SC2046 # the plain command is several words
case "$product" in
  coordinator)
    JAVA_TOOL_OPTIONS="$recording" coordinator "$launcher"
    agent $(plain agent)
    ask
    stop "$agent_pid"
    trained "$coordinator_pid" "$work/coordinator.log"
    ;;
  agent)
    coordinator $(plain coordinator)
    JAVA_TOOL_OPTIONS="$recording" agent "$launcher"
    sed -n 's/.*Agent started: .*port=\([0-9]*\).*/\1/p' "$work/agent.log" >"$work/port"
    curl -sS -o "$work/answer" "http://127.0.0.1:$(cat "$work/port")/health"
    trained "$agent_pid" "$work/agent.log"
    ;;
  console)
    console
    trained "$console_pid" "$work/console.log"
    ;;
  *) fail "there is no product '$product'" ;;
esac
