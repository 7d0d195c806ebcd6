# How an image becomes a .deb, a .rpm and a .tar.gz; sourced by build.sh.
# shellcheck shell=bash disable=SC2154 # build.sh sets the variables

is_service() {
  [ -f "$repository/jlink/linux/$(setting "$1" package).service" ]
}

# fill PRODUCT < TEMPLATE: puts the product's names in place of @…@.
fill() {
  sed "s|@package@|$(setting "$1" package)|g; s|@launcher@|$(setting "$1" launcher)|g; s|@version@|$linux_version|g
    s|@summary@|$(setting "$1" summary)|g; s|@description@|$(setting "$1" description)|g"
}

# Everything as it will lie on the disk, alike for .deb and .rpm.
stage() { # PRODUCT ROOT
  local package launcher linux="$repository/jlink/linux" doc size
  package="$(setting "$1" package)" launcher="$(setting "$1" launcher)"
  rm -rf "$2"
  mkdir -p "$2/opt" "$2/usr/bin"
  cp -a "$work/images/$package" "$2/opt/$package"
  ln -s "../../opt/$package/bin/$launcher" "$2/usr/bin/$launcher"
  doc="$2/usr/share/doc/$package"
  mkdir -p "$2/usr/share/doc"
  mv "$2/opt/$package/lib/app/doc" "$doc"
  mv "$doc/LICENSE" "$doc/copyright"
  gzip -9n <"$repository/CHANGELOG.md" >"$doc/changelog.gz"
  if is_service "$1"; then
    install -D -m 644 "$linux/$package.service" "$2/usr/lib/systemd/system/$package.service"
    install -D -m 640 "$linux/$launcher.yaml" "$2/etc/modelfleet/$launcher.yaml"
    [ ! -f "$linux/$package-prepare" ] || install -m 755 "$linux/$package-prepare" "$2/opt/$package/bin/prepare"
  else
    install -D -m 644 "$linux/$package.desktop" "$2/usr/share/applications/$package.desktop"
    for size in 16 24 32 48 64 128 256 512; do
      install -D -m 644 "$repository/assets/icons/modelfleet-$size.png" \
        "$2/usr/share/icons/hicolor/${size}x$size/apps/$package.png"
    done
    install -D -m 644 "$repository/assets/icons/modelfleet.svg" "$2/usr/share/icons/hicolor/scalable/apps/$package.svg"
  fi
  find "$2" -newermt "@$epoch" -exec touch -h -d "@$epoch" {} +
}

make_deb() {
  local package root script size
  package="$(setting "$1" package)" root="$work/deb/$1"
  stage "$1" "$root"
  size="$(du -sk "$root" | cut -f 1)"
  mkdir -p "$root/DEBIAN"
  {
    fill "$1" <"$repository/jlink/linux/control"
    echo "Architecture: $(dpkg --print-architecture)"
    echo "Installed-Size: $size"
    setting "$1" deb
  } >"$root/DEBIAN/control"
  if is_service "$1"; then
    (cd "$root" && find etc -type f | sed 's|^|/|' | sort) >"$root/DEBIAN/conffiles"
    for script in postinst prerm postrm; do
      fill "$1" <"$repository/jlink/linux/$script" >"$root/DEBIAN/$script"
      chmod 755 "$root/DEBIAN/$script"
    done
  fi
  (cd "$root" && find opt usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
  # Not xz: it takes a minute for each package and saves a fifth. Every Debian and Ubuntu with support reads zstd.
  dpkg-deb --root-owner-group -Zzstd --build "$root" "$packages/${package}_${linux_version}_$(dpkg --print-architecture).deb" >/dev/null
}

make_rpm() {
  local package root top
  package="$(setting "$1" package)" root="$work/rpm/$1" top="$work/rpmbuild/$1"
  stage "$1" "$root"
  rm -rf "$top"
  mkdir -p "$top"
  {
    fill "$1" <"$repository/jlink/linux/spec"
    setting "$1" rpm | sed '/^Requires/!d'
    printf '\n%%description\n%s\n' "$(setting "$1" description)"
    printf '\n%%install\ncp -a %%{staged}/. %%{buildroot}/\n'
    if is_service "$1"; then
      fill "$1" <"$repository/jlink/linux/spec-service"
    fi
    printf '\n%%files\n'
    rpm_files "$1" "$root"
  } >"$top/$package.spec"
  rpmbuild -bb --quiet --define "_topdir $top" --define "_rpmdir $top/out" --define "staged $root" \
    --buildroot "$top/root" "$top/$package.spec"
  mv "$top"/out/*/*.rpm "$packages/"
}

rpm_files() { # PRODUCT ROOT
  local package
  package="$(setting "$1" package)"
  echo "%defattr(-,root,root,-)"
  echo "/opt/$package"
  echo "/usr/bin/$(setting "$1" launcher)"
  echo "%doc /usr/share/doc/$package"
  if is_service "$1"; then
    echo "/usr/lib/systemd/system/$package.service"
    echo "%dir /etc/modelfleet"
    echo "%attr(0640,root,$package) %config(noreplace) /etc/modelfleet/$(setting "$1" launcher).yaml"
  else
    echo "/usr/share/applications/$package.desktop"
    (cd "$2" && find usr/share/icons -type f | sed 's|^|/|')
  fi
}

# Unpacked anywhere, the command stands in its first folder, so that the quick start's ./agent works as printed.
make_tar() {
  local package launcher name root architecture
  package="$(setting "$1" package)" launcher="$(setting "$1" launcher)"
  architecture="$(uname -m | sed 's/x86_64/x64/')"
  name="$package-$version" root="$work/tar/$1"
  rm -rf "$root"
  mkdir -p "$root"
  cp -a "$work/images/$package" "$root/$name"
  mv "$root/$name/lib/app/doc" "$root/$name/doc"
  ln -s "bin/$launcher" "$root/$name/$launcher"
  if is_service "$1"; then
    mkdir "$root/$name/linux"
    cp "$repository/jlink/linux/$package.service" "$repository/jlink/linux/$launcher.yaml" "$root/$name/linux/"
    [ ! -f "$repository/jlink/linux/$package-prepare" ] \
      || install -m 755 "$repository/jlink/linux/$package-prepare" "$root/$name/bin/prepare"
  fi
  find "$root/$name" -newermt "@$epoch" -exec touch -h -d "@$epoch" {} +
  tar --create --sort=name --owner=0 --group=0 --numeric-owner --directory "$root" "$name" | gzip -n \
    >"$packages/$name-linux-$architecture.tar.gz"
}
