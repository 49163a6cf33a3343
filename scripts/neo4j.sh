#!/bin/sh
# Makes a real Neo4j 5.26 ready for the tests: a JDK, Maven and the server's jars, each where it is
# not there yet (Debian and Ubuntu, needs root). `--folder` prints where the jars lie.
# Where that cannot be had it says so; with CI=true it fails, else the tests of Neo4j are left out.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
version=$(sed -n 's:.*<neo4j.version>\(.*\)</neo4j.version>.*:\1:p' "$here/neo4j/pom.xml")
folder=${XDG_CACHE_HOME:-$HOME/.cache}/shunteng/neo4j-$version

if [ "${1:-}" = --folder ]; then
  echo "$folder"
  exit 0
fi

without() {
  echo "*** The real Neo4j will NOT be run: $1" >&2
  [ "${CI:-}" = true ] && exit 1
  exit 0
}

java_fits() {  # Neo4j 5.26 runs on Java 17 and 21; the JDK's compiler starts our own main class
  command -v javac >/dev/null 2>&1 && command -v java >/dev/null 2>&1 &&
    java -version 2>&1 | grep -Eq 'version "(17|21)[."]'
}

install() {
  command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] ||
    without "it needs JDK 17 or 21 and Maven (Debian: apt-get install openjdk-17-jdk-headless maven)"
  apt-get update -qq || true
  for package in "$@"; do
    apt-cache show "$package" >/dev/null 2>&1 || continue
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
    return
  done
  without "none of these packages can be had: $*"
}

java_fits || install openjdk-17-jdk-headless openjdk-21-jdk-headless
java_fits || without "the default java is neither 17 nor 21 (update-alternatives --config java)"
[ -f "$folder/.complete" ] && exit 0
command -v mvn >/dev/null 2>&1 || install maven

beside=$folder.fetching.$$
trap 'rm -rf "$beside"' EXIT
mkdir -p "$beside"
mvn --quiet --batch-mode --file "$here/neo4j/pom.xml" dependency:copy-dependencies \
  -DincludeScope=runtime "-DoutputDirectory=$beside" || without "Maven could not fetch its jars"
touch "$beside/.complete"
rm -rf "$folder"
mv "$beside" "$folder"
