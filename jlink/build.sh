#!/usr/bin/env bash
# Makes images and installers of the console, the coordinator and the agent, for the system that it runs on:
# Linux .deb, .rpm and .tar.gz; macOS .pkg and .dmg. (Windows: build.ps1.) The result lies in target/packages.
set -euo pipefail
umask 022 # what is staged keeps its modes in the packages
# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<'TEXT'
usage: jlink/build.sh [--built | --images] [--products "console coordinator agent"] [--formats "deb rpm tar"] [--version VERSION]
  --built     takes the jars that Maven has built before, and does not call Maven
  --images    takes the images that this script has made before, and only packs them
  --products  only these
  --formats   only these (Linux: deb rpm tar, macOS: pkg dmg); "image" stops before any
  --version   in place of the POM's
TEXT
}

built=false
images=false
products="coordinator agent console"
version="$(pom_version)"
case "$(uname -s)" in
  Linux) system=linux formats="deb rpm tar" ;;
  Darwin) system=macos formats="pkg dmg" ;;
  *) fail "this is neither Linux nor macOS; on Windows run jlink/build.ps1" ;;
esac
while [ $# -gt 0 ]; do
  case "$1" in
    --built) built=true ;;
    --images) built=true images=true ;;
    --products) products="$2" && shift ;;
    --formats) formats="$2" && shift ;;
    --version) version="$2" && shift ;;
    --help | -h) usage && exit ;;
    *) usage >&2 && exit 2 ;;
  esac
  shift
done

jdk="$(find_jdk)"
packages="$repository/target/packages"
work="$repository/target/jlink"
epoch="$(source_date)"
export SOURCE_DATE_EPOCH="$epoch"

# Every package format sorts "~" before the end: a snapshot is older than its release.
linux_version="$(echo "$version" | sed 's/-SNAPSHOT$/~snapshot/; s/-/~/g')"
# Numbers only, for formats that know nothing else.
plain_version="${version%%-*}"

check_tools() {
  need curl curl
  [ "$built" = true ] || need mvn maven
  case " $formats " in *" deb "*) need dpkg-deb "dpkg, or leave .deb out by --formats" ;; esac
  case " $formats " in *" rpm "*) need rpmbuild "rpm, or leave .rpm out by --formats" ;; esac
  [ "$system" = macos ] || need strip binutils
}

run_maven() {
  # Maven leaves jars of older builds where it copies the libraries to.
  rm -rf "$repository"/*/target/lib
  (cd "$repository" && mvn -B -q -Dmaven.test.skip=true package)
}

# --- the image: a run-time image by jlink, the jars and a launcher by jpackage ---

app_folder() { # inside an image, where the jars and the launcher's settings are
  [ "$system" = macos ] && echo "$1/Contents/app" || echo "$1/lib/app"
}

runtime_folder() {
  [ "$system" = macos ] && echo "$1/Contents/runtime/Contents/Home" || echo "$1/lib/runtime"
}

launcher_path() { # IMAGE LAUNCHER
  [ "$system" = macos ] && echo "$1/Contents/MacOS/$2" || echo "$1/bin/$2"
}

# JavaFX's platform jars become jmods, which puts their native libraries into the image's lib folder.
make_jmods() { # LIB TARGET
  local module jar classes natives
  mkdir -p "$2"
  for module in base graphics controls fxml; do
    jar="$(find "$1" -name "javafx-$module-*-*.jar")"
    [ -f "$jar" ] || fail "no platform jar of javafx-$module in $1"
    classes="$work/javafx/$module/classes" natives="$work/javafx/$module/natives"
    mkdir -p "$classes" "$natives"
    (cd "$classes" && "$jdk/bin/jar" --extract --file "$jar")
    find "$classes" -maxdepth 1 \( -name '*.so' -o -name '*.dylib' \) -exec mv {} "$natives/" \;
    "$jdk/bin/jmod" create --class-path "$classes" --libs "$natives" "$2/javafx.$module.jmod"
  done
}

make_runtime() { # PRODUCT TARGET
  local modules options=()
  modules="$(setting "$1" jdk-modules)"
  if [ -n "$(setting "$1" javafx-modules)" ]; then
    make_jmods "$repository/$(setting "$1" module)/target/lib" "$work/jmods"
    modules="$modules,$(setting "$1" javafx-modules)"
    options+=(--module-path "$work/jmods")
    if [ "$system" = linux ]; then # only where a test opens the window of the finished package
      "$jdk/bin/jimage" list --verbose "$jdk/lib/modules" | awk -f "$repository/jlink/unused.awk" >"$work/unused"
      options+=("--exclude-resources=@$work/unused" "--exclude-files=/java.desktop/lib/*.so,/java.desktop/lib/psfont*")
    fi
  fi
  case "$modules" in *jdk.localedata*) options+=("--include-locales=en,ja") ;; esac
  "$jdk/bin/jlink" ${options[@]+"${options[@]}"} --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
    --compress zip-6 --output "$2"
  if [ "$system" = linux ]; then
    # jlink leaves the symbol tables of the JDK's own libraries: 5 MB of libjvm.so.
    find "$2/lib" -name '*.so' -exec strip --strip-unneeded {} +
  fi
}

# What jpackage makes is ours to finish: cache, documents, times.
make_image() { # PRODUCT
  local name launcher image input app module option options=() icon
  name="$(setting "$1" package)" launcher="$(setting "$1" launcher)" module="$(setting "$1" module)"
  image="$work/images/$name" input="$work/input/$1"
  rm -rf "$image" "$input" "$work/runtime/$1" "$work/app/$1" "$work/jmods" "$work/javafx"
  mkdir -p "$input" "$work/images" "$work/runtime" "$work/app/$1"
  cp "$repository/$module/target/$(setting "$1" main-jar)" "$repository/$module/target/lib/"*.jar "$input/"
  [ -z "$(setting "$1" javafx-modules)" ] || rm "$input"/javafx-*.jar
  make_runtime "$1" "$work/runtime/$1"
  while read -r option; do options+=(--java-options "$option"); done < <(setting "$1" java-option)
  icon="$repository/assets/icons/modelfleet-256.png"
  [ "$system" = linux ] || icon="$repository/assets/icons/modelfleet.icns"
  # macOS takes no version that begins with 0; the right one is written afterwards.
  [ "$system" = linux ] || options+=(--mac-package-identifier "io.modelfleet.$1")
  "$jdk/bin/jpackage" --type app-image --name "$launcher" --input "$input" --main-jar "$(setting "$1" main-jar)" \
    --main-class "$(setting "$1" main-class)" --runtime-image "$work/runtime/$1" --icon "$icon" --vendor Modelfleet \
    --app-version "$(jpackage_version)" "${options[@]}" --dest "$work/app/$1"
  mv "$work/app/$1/"* "$image"
  app="$(app_folder "$image")"
  if [ "$system" = linux ]; then
    chmod u+w "$image/lib/libapplauncher.so" "$image/bin/$launcher"
    strip --strip-unneeded "$image/lib/libapplauncher.so" "$image/bin/$launcher"
  fi
  "$jdk/bin/java" "$repository/jlink/PackageDocuments.java" "$repository/$module/target" "$input" "$jdk" "$app/doc"
  cp "$repository/LICENSE" "$app/doc/LICENSE"
  # The cache is valid only for jars of the very times that it was made with, and some formats keep whole seconds only.
  find "$image" -exec touch -h -d "@$epoch" {} + 2>/dev/null \
    || find "$image" -exec touch -h -t "$(date -u -r "$epoch" +%Y%m%d%H%M.%S)" {} +
  "$repository/jlink/train.sh" "$1" "$(launcher_path "$image" "$launcher")" "$app/app.aot" "$jdk"
  echo "java-options=-XX:AOTCache=\$APPDIR/app.aot" >>"$app/$launcher.cfg"
  chmod -R u+rwX,go+rX,go-w "$image"
}

jpackage_version() {
  case "$system-$plain_version" in
    macos-0.*) echo 1.0.0 ;;
    *) echo "$plain_version" ;;
  esac
}

for product in $products; do
  [ -f "$repository/jlink/products/$product.conf" ] || fail "there is no product '$product'"
done
check_tools
[ "$built" = true ] || run_maven
mkdir -p "$packages" "$work"
# shellcheck source=linux/packages.sh
[ "$system" != linux ] || . "$repository/jlink/linux/packages.sh"
# shellcheck source=macos/packages.sh
[ "$system" != macos ] || . "$repository/jlink/macos/packages.sh"
for product in $products; do
  if [ "$images" = false ]; then
    echo "$product: image"
    make_image "$product"
  fi
  for format in $formats; do
    [ "$format" != image ] || continue
    echo "$product: $format"
    "make_$format" "$product"
  done
done
ls -l "$packages"
