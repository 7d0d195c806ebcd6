# How an image becomes a .pkg and a .dmg; sourced by build.sh.
# shellcheck shell=bash disable=SC2154 # build.sh sets the variables

# jpackage takes no version below 1 for a bundle. The Finder's version is the right one all the same; a bundle that was
# changed needs its (ad-hoc) signature anew.
finish_bundle() { # IMAGE
  plutil -replace CFBundleShortVersionString -string "$plain_version" "$1/Contents/Info.plist"
  codesign --force --deep --sign - "$1"
}

make_bundle() { # PRODUCT TYPE
  local package bundles
  package="$(setting "$1" package)" bundles="$work/bundles/$1"
  rm -rf "$bundles"
  mkdir -p "$bundles"
  # jpackage names what it installs after the folder: /Applications/modelfleet-agent.app.
  cp -Rp "$work/images/$package" "$bundles/$package.app"
  finish_bundle "$bundles/$package.app"
  # jpackage copies the bundle with new times, for which the AOT cache is not valid; it calls this before it packs.
  mkdir "$bundles/resources"
  cat >"$bundles/resources/$package-post-image.sh" <<SCRIPT
for bundle in . ./*.app; do
  if [ -d "\$bundle/Contents" ]; then
    find "\$bundle" -exec touch -h -t "$(date -u -r "$epoch" +%Y%m%d%H%M.%S)" {} +
  fi
done
SCRIPT
  "$jdk/bin/jpackage" --type "$2" --app-image "$bundles/$package.app" --name "$package" \
    --app-version "$(jpackage_version)" --vendor Modelfleet --license-file "$repository/LICENSE" --resource-dir "$bundles/resources" --dest "$bundles/out"
  mv "$bundles/out/"*."$2" "$packages/$package-$version-macos-$(uname -m).$2"
}

make_pkg() {
  make_bundle "$1" pkg
}

make_dmg() {
  make_bundle "$1" dmg
}
