#!/usr/bin/env bash
# Builds the packages, installs them into a clean Debian root, boots that with its own systemd, and uses them there as their
# users would: services, settings, a model distributed end to end, upgrade, crash, the console's window, removal, purge. Needs
# root, Debian or Ubuntu, and what Maven has built; installs the tools that it needs by apt. Servers listen on loopback only.
# Where no systemd boots (inside most containers), the services are started by their units' commands and users.
set -Eeuo pipefail
# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ "$(id -u)" = 0 ] || fail "only root can make a Debian root"
command -v apt-get >/dev/null 2>&1 || fail "this test needs apt-get"
# Mounts are made in a mount namespace of its own, and are gone with this process, however it ends.
if [ "${1:-}" != --in-namespace ]; then
  exec unshare --mount --propagation private "$0" --in-namespace "$@"
fi
shift
reuse=false # --reuse: the packages of an earlier run; for work on this script
[ "${1:-}" != --reuse ] || reuse=true

work="$repository/target/packages-test"
packages="$repository/target/packages"
root="$work/root"
jdk="$(find_jdk)"
pids=()
machine= # the first process of the booted root

end() {
  local pid name
  for name in coordinator agent; do journal "$name" 2>/dev/null || true; done
  for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null || true; done
  for pid in ${pids[@]+"${pids[@]}"}; do wait "$pid" 2>/dev/null || true; done
  remove_root
}

# Nothing of this machine may be below a folder that is removed.
remove_root() {
  umount --recursive "$root" 2>/dev/null || true
  if ! grep -q " $root/" /proc/self/mountinfo; then
    rm -rf --one-file-system "$root"
  fi
}
trap end EXIT
trap 'echo "$(basename "$0"): line $LINENO: $BASH_COMMAND" >&2' ERR

section() {
  echo "== $* (after ${SECONDS} s)"
}

# holds SENTENCE COMMAND...: the sentence is said when it does not hold.
holds() {
  local sentence="$1"
  shift
  "$@" || fail "does not hold: $sentence"
  echo "   $sentence"
}

inside() {
  local enter=(chroot "$root")
  [ -z "$machine" ] || enter=(nsenter --target "$machine" --all --root --wd)
  "${enter[@]}" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

install_tools() {
  local pair missing=()
  for pair in debootstrap:debootstrap rpmbuild:rpm Xvfb:xvfb xwininfo:x11-utils import:imagemagick jq:jq curl:curl \
    strip:binutils shellcheck:shellcheck systemd-nspawn:systemd-container \
    pgrep:procps; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing+=("${pair##*:}")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

check_scripts() {
  local scripts=("$repository"/jlink/*.sh "$repository"/jlink/*/*.sh "$repository"/assets/icons/*.sh "$repository/.ci/run"
    "$repository"/jlink/linux/{postinst,prerm,postrm,modelfleet-agent-prepare})
  shellcheck "${scripts[@]}"
}

build_packages() {
  rm -rf "$packages"
  "$repository/jlink/build.sh" --built >"$work/build.log" 2>&1 || fail "$(tail -n 20 "$work/build.log")"
  "$repository/jlink/build.sh" --images --formats deb --version 0.0.1 >"$work/build-old.log" 2>&1 \
    || fail "$(tail -n 20 "$work/build-old.log")"
  "$repository/jlink/build.sh" --images --products agent --formats rpm --version 0.0.1 >"$work/build-old-rpm.log" 2>&1 \
    || fail "$(tail -n 20 "$work/build-old-rpm.log")"
}

# The Debian that this machine gets its own packages from.
make_root() {
  local codename uri
  codename="$(. /etc/os-release && echo "$VERSION_CODENAME")"
  # shellcheck disable=SC2016 # apt-get puts in the values
  uri="$(apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(CREATED_BY) $(REPO_URI)' \
    | awk -v codename="$codename" '$1 == codename && $2 == "main" && $3 == "Packages" { uri = $4 } END { print uri }')"
  [ -n "$uri" ] || fail "apt knows no mirror of $codename"
  debootstrap --variant=minbase "$codename" "$root" "$uri" >"$work/debootstrap.log" 2>&1 \
    || fail "$(tail -n 5 "$work/debootstrap.log")"
  # A mount of its own, so that programs inside find out which disk they are on.
  mount --bind "$root" "$root"
  mount_system
  mkdir "$root/packages"
  cp "$packages"/*.deb "$packages"/modelfleet-agent-*.rpm "$root/packages/"
  inside apt-get update -qq
}

mount_system() {
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount --make-rslave "$root/dev"
}

apt_install() { # LOG PACKAGE...
  local log="$1"
  shift
  inside apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-unsafe-io "$@" >"$log" 2>&1 || fail "$(tail -n 20 "$log")"
}

debs() { # VERSION
  (cd "$root" && find packages -name "*_$1_*.deb" | sed 's|^|/|')
}

installed_version() {
  # shellcheck disable=SC2016 # dpkg-query puts in the value
  inside dpkg-query --show --showformat '${Version}' "$1"
}

check_installation() {
  local package
  for package in modelfleet-coordinator modelfleet-agent modelfleet-console; do
    holds "$package 0.0.1 is installed" test "$(installed_version "$package")" = 0.0.1
  done
  for package in modelfleet-coordinator modelfleet-agent; do
    holds "$package is not enabled" test ! -e "$root/etc/systemd/system/multi-user.target.wants/$package.service"
    holds "it says what to edit and start" grep -q "systemctl enable --now $package" "$work/install.log"
  done
}

# The root as a machine of its own with its own systemd; the network stays this one's, so that its servers are on loopback.
boot() {
  local nspawn
  umount --recursive "$root/dev" "$root/proc"
  systemd-nspawn --quiet --register=no --keep-unit --resolv-conf=off --timezone=off --link-journal=no --directory "$root" --boot \
    </dev/null >"$work/boot.log" 2>&1 &
  nspawn=$!
  pids+=("$nspawn")
  until_true 60 booted_or_gone "$nspawn" || true
  mount_system # for what comes into the root by chroot: the console
  if booted "$nspawn" >/dev/null; then
    holds "the root is booted: $(inside systemctl --version | head -n 1)" test -n "$machine"
    return
  fi
  machine=
  kill "$nspawn" 2>/dev/null || true
  echo "!! systemd does not boot here: units and services' restarts are NOT tested ($(tail -n 1 "$work/boot.log"))" >&2
}

booted_or_gone() {
  booted "$1" || ! kill -0 "$1"
}

booted() { # NSPAWN
  machine="$(pgrep --exact --parent "$1" systemd)" && inside systemctl is-system-running | grep -E 'running|degraded'
}

# --- what lies where ---

check_files() {
  local package user launcher
  for package in modelfleet-coordinator modelfleet-agent modelfleet-console; do
    holds "every file of $package is as it was packed" \
      test -z "$(inside dpkg --verify "$package" | grep -v ' c /etc/modelfleet/' || true)"
    holds "no file of $package can be changed but by root" \
      test -z "$(find "$root/opt/$package" \( ! -user 0 -o ! -group 0 -o -perm /022 \) ! -type l)"
    for file in copyright changelog.gz third-party-licences.txt; do
      test -s "$root/usr/share/doc/$package/$file" || fail "$package has no $file"
    done
    holds "the SBOM of $package names its parts and the run-time image" jq -e \
      '.bomFormat == "CycloneDX" and (.components | length > 10) and any(.components[]; .name == "OpenJDK run-time image")' \
      "$root/usr/share/doc/$package/sbom.cdx.json"
  done >"$work/files.log"
  grep -v '^true$' "$work/files.log"
  for launcher in coordinator agent; do
    user="modelfleet-$launcher"
    holds "$user is a system user without login" \
      inside sh -c "getent passwd $user | grep -q '/usr/sbin/nologin$' && [ \"\$(id -u $user)\" -lt 1000 ]"
    holds "only root and $user read the settings" \
      test "$(inside stat -c '%U:%G %a' "/etc/modelfleet/$launcher.yaml")" = "root:$user 640"
    holds "only $user sees its data" \
      test "$(inside stat -c '%U:%G %a' "/var/lib/modelfleet/$launcher")" = "$user:$user 750"
  done
  holds "deb and rpm hold the same files" same_files
  holds "the desktop entry names a command and an icon that exist" desktop_entry
}

same_files() {
  local package
  for package in modelfleet-coordinator modelfleet-agent modelfleet-console; do
    diff <(dpkg-deb --contents "$packages/${package}"_*snapshot*.deb | sed -n 's/^[^d].* \.\(\/[^ ]*\).*/\1/p' | sort) \
      <(rpm -qp --queryformat '[%{FILEMODES:perms} %{FILENAMES}\n]' "$packages/$package"-*snapshot*.rpm \
        | sed -n 's/^[^d][^ ]* //p' | sort) || return 1
  done
}

desktop_entry() {
  local entry="$root/usr/share/applications/modelfleet-console.desktop"
  [ -x "$root/usr/bin/$(sed -n 's/^Exec=//p' "$entry")" ] \
    && [ -s "$root/usr/share/icons/hicolor/48x48/apps/$(sed -n 's/^Icon=//p' "$entry").png" ]
}

check_sizes() {
  local pair size
  for pair in modelfleet-coordinator:110 modelfleet-agent:110 modelfleet-console:100; do
    size="$(du -sk "$root/opt/${pair%%:*}" | cut -f 1)"
    holds "${pair%%:*} takes $((size / 1024)) MB, less than ${pair##*:}" test "$size" -lt "$((${pair##*:} * 1024))"
  done
}

check_units() {
  local unit
  for unit in modelfleet-coordinator modelfleet-agent; do
    holds "systemd accepts $unit.service" \
      test -z "$(inside systemd-analyze verify "/usr/lib/systemd/system/$unit.service" 2>&1 | tee "$work/verify.log")"
    # 0 is perfect, 10 is bare. The network, the GPUs' device files and a JVM's own code cost something.
    holds "$unit.service is closed up" closed_up "$unit"
    tail -n 1 "$work/security-$unit.log"
  done
}

closed_up() {
  inside systemd-analyze security --offline=true --threshold=25 --no-pager "$1.service" >"$work/security-$1.log" 2>&1
}

# --- the services, as the units start them ---

# start NAME: as the package says. AOTMode=on: a cache that does not fit ends the JVM in place of being passed over.
start() {
  local name="$1" user="modelfleet-$1" command
  if [ -n "$machine" ]; then
    inside mkdir -p "/etc/systemd/system/$user.service.d"
    printf '[Service]\nEnvironment=JAVA_TOOL_OPTIONS=-XX:AOTMode=on\n' >"$root/etc/systemd/system/$user.service.d/strict.conf"
    inside systemctl enable --now "$user" >"$work/enable.log" 2>&1
    return
  fi
  command="$(sed -n 's/^ExecStart=//p' "$root/usr/lib/systemd/system/modelfleet-$name.service")"
  # shellcheck disable=SC2086 # the command is several words
  chroot "$root" setpriv --reuid "$user" --regid "$user" --init-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
    env -i LANG=C.UTF-8 HOME="/var/lib/modelfleet/$name" JAVA_TOOL_OPTIONS=-XX:AOTMode=on $command >>"$work/$name.log" 2>&1 &
  pids+=($!)
  eval "$name=$!"
}

# What a service has said since its first start, in target/packages-test.
journal() { # NAME
  [ -z "$machine" ] || inside journalctl --unit "modelfleet-$1" --output cat --no-pager >"$work/$1.log"
}

logged() { # NAME TEXT [TIMES]
  journal "$1" && [ "$(grep -c "$2" "$work/$1.log")" -ge "${3:-1}" ]
}

said() { # NAME TEXT: what it says comes within a minute
  until_true 60 logged "$@"
}

# ends NAME: by itself, within the unit's five seconds.
ends() {
  local before
  before="$(date +%s%N)"
  if [ -n "$machine" ]; then
    inside systemctl stop "modelfleet-$1" && is "$1" Result success || return 1
  else
    terminates "${!1}" || return 1
  fi
  milliseconds=$((($(date +%s%N) - before) / 1000000))
  [ "$milliseconds" -lt 5000 ]
}

terminates() { # PID
  local status=0
  kill "$1"
  wait "$1" || status=$?
  [ "$status" = 143 ]
}

state() { # NAME PROPERTY, as systemd knows it
  inside systemctl show --property "$2" --value "modelfleet-$1"
}

is() { # NAME PROPERTY VALUE
  [ "$(state "$1" "$2")" = "$3" ]
}

stand_in() { # LOG CLASS ARGUMENT...
  local log="$1"
  shift
  "$jdk/bin/java" -cp "$(printf '%s:' "$repository"/simulator/target/simulator-*.jar)$repository/coordinator/target/lib/*:$repository/agent/target/lib/*" \
    "$@" >"$log" 2>&1 &
  pids+=($!)
  until_true 60 listening "$log" || fail "$(cat "$log")"
}

start_stand_ins() {
  stand_in "$work/registry.log" io.modelfleet.simulator.registry.RegistryMain --model llama3.2:3b=20000000
  registry="$(listening "$work/registry.log")"
  # Ollama is installed after the agent: its user, its group, its model folder that only they may see.
  inside useradd --system --user-group --create-home --home-dir /usr/share/ollama --shell /bin/false ollama
  inside install -d -m 750 -o ollama -g ollama /usr/share/ollama /usr/share/ollama/.ollama /usr/share/ollama/.ollama/models
  stand_in "$work/ollama.log" io.modelfleet.simulator.ollama.OllamaMain --dir "$root/usr/share/ollama/.ollama/models" \
    --registry-url "$registry"
  ollama="$(listening "$work/ollama.log")"
}

check_services() {
  start_stand_ins
  port="$(free_port)"
  url="http://127.0.0.1:$port"
  inside sed -i "s|^port: .*|port: $port\nauto-distribution: false\nregistry-url: $registry|" /etc/modelfleet/coordinator.yaml
  start coordinator
  holds "the coordinator answers at $url" until_true 60 curl -fsS -o "$work/health" "$url/health"
  [ -n "$machine" ] || holds "the groups of Ollama are taken up" inside /opt/modelfleet-agent/bin/prepare
  inside sed -i "s|^coordinator-url: .*|coordinator-url: $url|; s|^ollama-port: .*|ollama-port: ${ollama##*:}|
    s|^agent-api-port: .*|agent-api-port: $(free_port)\ngpu-model: Test GPU\ngpu-memory: 24GB\nname: package-test|" /etc/modelfleet/agent.yaml
  start agent
  holds "the agent registers" said agent 'Agent registration successful'
  holds "the agent is in the group ollama" inside sh -c 'id -nG modelfleet-agent | grep -qw ollama'
  holds "it sees Ollama's model folder" said agent 'model-store=/usr/share/ollama/.ollama/models'
  holds "it tells the disk of that folder" until_true 30 disk_told
  node="$(curl -fsS "$url/api/agents" | jq -r '.[0].id')"
  task="$(curl -fsS -X POST "$url/api/agents/$node/models/pull" -H 'Content-Type: application/json' \
    -d '{"model_name": "llama3.2:3b"}' | jq -r .task_id)"
  holds "a model that is distributed arrives" until_true 60 arrived
  holds "Ollama has it" sh -c "curl -fsS $ollama/api/tags | jq -e '.models[0].name == \"llama3.2:3b\"' >/dev/null"
}

# Only systemd does this.
check_supervision() {
  local name
  [ -n "$machine" ] || return 0
  for name in coordinator agent; do
    inside systemctl kill --signal KILL "modelfleet-$name"
    holds "a killed $name is started again" until_true 30 is "$name" NRestarts 1
  done
  holds "… and the agent registers again" said agent 'Agent registration successful' 3
  inside cp -p /etc/modelfleet/agent.yaml /etc/modelfleet/agent.yaml.good
  inside sed -i 's|^ollama-port: .*|ollama-port: many|' /etc/modelfleet/agent.yaml
  inside systemctl restart modelfleet-agent
  holds "a wrong setting ends the agent with status 2" until_true 30 is agent ExecMainStatus 2
  holds "… and it is not tried again" is agent ActiveState failed
  holds "… and the journal says which" said agent 'ollama-port'
  inside mv /etc/modelfleet/agent.yaml.good /etc/modelfleet/agent.yaml
  inside systemctl restart modelfleet-agent
  holds "with the right one it registers" said agent 'Agent registration successful' 4
}

disk_told() {
  curl -fsS "$url/api/agents" | jq -e '.[0].disk_total > 0'
}

arrived() {
  [ "$(curl -fsS "$url/api/tasks/$task" | jq -r .status)" = completed ]
}

# The quick start's own command, from the .tar.gz, by somebody without rights, in a folder of any name.
check_archive() {
  local home="$work/archive"
  rm -rf "$home"
  mkdir -p "$home"
  chmod 755 "$work" "$home"
  tar -xzf "$packages"/modelfleet-agent-*.tar.gz -C "$home"
  mkdir "$home/data"
  chown 65534:65534 "$home/data"
  cd "$home"/modelfleet-agent-*
  setpriv --reuid 65534 --regid 65534 --clear-groups env -i LANG=C.UTF-8 XDG_DATA_HOME="$home/data" JAVA_TOOL_OPTIONS=-XX:AOTMode=on \
    MODELFLEET_AGENT_GPU_MODEL="Archive GPU" MODELFLEET_AGENT_GPU_MEMORY=24GB MODELFLEET_AGENT_MODEL_STORE=/nonexistent \
    ./agent --coordinator-url "$url" --ollama-port "${ollama##*:}" --agent-api-port 0 >"$work/archive.log" 2>&1 &
  pids+=($!)
  archive=$!
  cd "$repository"
  holds "./agent from the .tar.gz registers" until_true 60 grep -q 'Agent registration successful' "$work/archive.log"
  holds "… and ends on SIGTERM" terminates "$archive"
}

# --- the console ---

windows() {
  xwininfo -root -tree | grep -q '"Modelfleet"'
}

colourful() {
  import -window root "$work/console.png" && [ "$(identify -format %k "$work/console.png")" -gt 100 ]
}

check_console() {
  Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp -ac 3>"$work/display" 2>"$work/xvfb.log" &
  pids+=($!)
  until_true 20 test -s "$work/display" || fail "Xvfb does not start: $(cat "$work/xvfb.log")"
  DISPLAY=":$(cat "$work/display")"
  export DISPLAY
  mkdir -p "$root/tmp/.X11-unix"
  mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
  inside useradd --create-home onlooker
  chroot "$root" setpriv --reuid onlooker --regid onlooker --init-groups env -i LANG=C.UTF-8 HOME=/home/onlooker \
    DISPLAY="$DISPLAY" JAVA_TOOL_OPTIONS=-XX:AOTMode=on PATH=/usr/bin modelfleet-console --connect "$url" >"$work/console.log" 2>&1 &
  pids+=($!)
  console=$!
  holds "the console opens its window" until_true 60 windows
  holds "its picture is not blank (target/packages-test/console.png)" until_true 60 colourful
  holds "it says nothing about errors" silent "$work/console.log"
  # Its whole picture, for those who look at it: the fleet has arrived.
  sleep 3
  import -window root "$work/console.png"
  kill "$console"
  wait "$console" 2>/dev/null || true
}

silent() {
  ! grep -iE 'exception|error|warning|unsupported' "$1"
}

# --- upgrade, removal ---

check_upgrade() {
  local package name
  echo '# edited' >>"$root/etc/modelfleet/agent.yaml"
  [ -n "$machine" ] || for name in agent coordinator; do ends "$name"; done
  # shellcheck disable=SC2046 # several files
  apt_install "$work/upgrade.log" $(debs '*snapshot')
  [ -n "$machine" ] || for name in coordinator agent; do start "$name"; done
  for package in modelfleet-coordinator modelfleet-agent modelfleet-console; do
    holds "$package is upgraded to $(installed_version "$package")" test "$(installed_version "$package")" != 0.0.1
  done
  holds "an upgrade keeps what was edited" grep -q '^# edited' "$root/etc/modelfleet/agent.yaml"
  holds "an upgrade keeps the settings' rights" \
    test "$(inside stat -c '%U:%G %a' /etc/modelfleet/agent.yaml)" = "root:modelfleet-agent 640"
  holds "what ran runs again, the agent registers" said agent 'Agent registration successful' 2
  holds "the coordinator knows what it knew" until_true 60 arrived
  holds "a snapshot is older than its release" dpkg --compare-versions "$(installed_version modelfleet-agent)" lt \
    "$(pom_version | sed 's/-SNAPSHOT//')"
}

check_removal() {
  inside systemctl enable modelfleet-agent.service >"$work/enable.log" 2>&1
  [ -z "$machine" ] || inside systemctl start modelfleet-agent
  inside apt-get remove -y modelfleet-coordinator modelfleet-agent modelfleet-console >"$work/remove.log" 2>&1 \
    || fail "$(tail -n 20 "$work/remove.log")"
  holds "removing takes the programs" test ! -e "$root/opt/modelfleet-agent" -a ! -e "$root/usr/bin/agent" \
    -a ! -e "$root/opt/modelfleet-console" -a ! -e "$root/usr/share/applications/modelfleet-console.desktop"
  [ -z "$machine" ] || holds "removing stops what runs" is agent ActiveState inactive
  holds "removing takes the service from the boot" \
    test ! -L "$root/etc/systemd/system/multi-user.target.wants/modelfleet-agent.service"
  holds "removing keeps settings and data" test -s "$root/etc/modelfleet/agent.yaml" -a -s "$root/etc/modelfleet/coordinator.yaml" \
    -a -n "$(ls "$root/var/lib/modelfleet/coordinator")" -a -n "$(ls "$root/var/lib/modelfleet/agent")"
  inside apt-get purge -y modelfleet-coordinator modelfleet-agent >"$work/purge.log" 2>&1 \
    || fail "$(tail -n 20 "$work/purge.log")"
  holds "purging takes settings and data" test ! -e "$root/etc/modelfleet" -a ! -e "$root/var/lib/modelfleet"
  holds "purging takes the users" sh -c "! grep -q modelfleet '$root/etc/passwd' '$root/etc/group'"
}

# The .rpm of a service, by rpm itself. It does not know what Debian's packages provide.
check_rpm() {
  local settings="$root/etc/modelfleet/agent.yaml"
  apt_install "$work/rpm-install.log" rpm
  holds "the .rpm installs" rpm_does --install 0.0.1
  holds "it says what to edit and start" grep -q 'systemctl enable --now modelfleet-agent' "$work/rpm.log"
  holds "its user has no login" inside sh -c 'getent passwd modelfleet-agent | grep -q /sbin/nologin$'
  holds "only that user sees data and settings" test "$(inside stat -c '%U:%G %a' /etc/modelfleet/agent.yaml /var/lib/modelfleet/agent \
    | tr '\n' ' ')" = "root:modelfleet-agent 640 modelfleet-agent:modelfleet-agent 750 "
  inside sed -i 's|^agent-api-port: .*|agent-api-port: 0\ngpu-model: Test GPU\ngpu-memory: 24GB|' /etc/modelfleet/agent.yaml
  [ -z "$machine" ] || inside systemctl enable --now modelfleet-agent >"$work/enable.log" 2>&1
  local before
  before="$(state_or_nothing agent MainPID)"
  holds "it is upgraded" rpm_does --upgrade '*snapshot'
  holds "an upgrade keeps what was edited" grep -q '^gpu-model: Test GPU' "$settings"
  if [ -n "$machine" ]; then
    holds "an upgrade starts again what ran" test "$(state agent MainPID)" != "$before" -a "$(state agent ActiveState)" = active
  fi
  holds "it is removed" inside rpm --force-debian --erase modelfleet-agent
  [ -z "$machine" ] || holds "removing stops what runs" is agent ActiveState inactive
  holds "removing takes the programs" test ! -e "$root/opt/modelfleet-agent" -a ! -e "$root/usr/bin/agent"
  holds "removing keeps what was edited, and the data" test -s "$settings.rpmsave" -a -d "$root/var/lib/modelfleet/agent"
}

state_or_nothing() {
  [ -z "$machine" ] || state "$@"
}

rpm_does() { # HOW VERSION
  inside sh -c "rpm --force-debian --nodeps $1 /packages/modelfleet-agent-$2-*.rpm" >"$work/rpm.log" 2>&1 || { cat "$work/rpm.log" >&2 && return 1; }
}

remove_root
[ ! -e "$root" ] || fail "$root cannot be removed: something is mounted below it"
# Also the logs of an earlier run, in which this one would find answers.
rm -rf "$work"
mkdir -p "$work"
section "tools"
install_tools
check_scripts
section "packages"
[ "$reuse" = true ] || build_packages
section "a clean Debian"
make_root
section "installation"
# shellcheck disable=SC2046 # several files
apt_install "$work/install.log" systemd dbus $(debs 0.0.1)
check_installation
boot
section "services"
check_services
section "upgrade"
check_upgrade
check_supervision
section "files, users, units"
check_files
check_sizes
check_units
check_archive
section "console"
check_console
section "stop"
holds "the agent ends when it is told to" ends agent
echo "   … after $milliseconds ms"
holds "the coordinator ends when it is told to" ends coordinator
echo "   … after $milliseconds ms"
section "removal"
check_removal
section "rpm"
check_rpm
section "all holds"
