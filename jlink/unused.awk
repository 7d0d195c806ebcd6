# Reads "jimage list --verbose" and prints what the console's run-time image can do without: JavaFX asks for java.desktop and
# java.xml, but not for AWT, Swing, sound, XSLT and XPath in them; 13 MB. jlink insists on at least one resource in each
# package, so the smallest one stays.
/^Module:/ { module = $2; next }
module != "java.desktop" && module != "java.xml" { next }
$2 !~ /^[0-9]+$/ || $4 == "module-info.class" { next }
module == "java.desktop" && $4 ~ /^(java\/beans|com\/sun\/beans)\// { next }
module == "java.xml" && $4 !~ /^com\/sun\/org\/apache\/(xalan|xpath|bcel|xml\/internal\/dtm)\// { next }
{
  package = $4
  sub(/\/[^\/]*$/, "", package)
  resource = "/" module "/" $4
  if (!(package in kept)) {
    kept[package] = resource
    size[package] = $2 + 0
  } else if ($2 + 0 < size[package]) {
    print kept[package]
    kept[package] = resource
    size[package] = $2 + 0
  } else {
    print resource
  }
}
