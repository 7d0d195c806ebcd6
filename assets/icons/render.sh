#!/usr/bin/env bash
# Draws the PNG, ICO and ICNS files anew from modelfleet.svg; run it after a change of the drawing and commit the result.
# Needs rsvg-convert, icotool and png2icns (Debian: apt-get install librsvg2-bin icoutils icnsutils).
set -euo pipefail
cd "$(dirname "$0")"

for size in 16 24 32 48 64 128 256 512; do
  rsvg-convert --width "$size" --height "$size" modelfleet.svg --output "modelfleet-$size.png"
done
icotool --create --output modelfleet.ico modelfleet-{16,24,32,48,64}.png --raw=modelfleet-256.png
png2icns modelfleet.icns modelfleet-{16,32,48,128,256,512}.png >/dev/null
