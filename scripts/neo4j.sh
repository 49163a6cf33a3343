#!/bin/sh
# Makes a real Neo4j 5.26 ready for the tests: a JDK, Maven and the server's jars, each where it is
# not there yet. Prints nothing where all is there; `--folder` prints where the jars lie.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
version=$(sed -n 's:.*<neo4j.version>\(.*\)</neo4j.version>.*:\1:p' "$here/neo4j/pom.xml")
folder=${XDG_CACHE_HOME:-$HOME/.cache}/shunteng/neo4j-$version

if [ "${1:-}" = --folder ]; then
  echo "$folder"
  exit 0
fi

java_fits() {  # Neo4j 5.26 runs on Java 17 and 21; the compiler starts our own main class
  command -v javac >/dev/null 2>&1 && command -v java >/dev/null 2>&1 &&
    java -version 2>&1 | grep -Eq 'version "(17|21)[."]'
}

install() {
  if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
    echo "A JDK 17 or 21 and Maven are needed to run the real Neo4j." >&2
    echo "Install them (Debian: apt-get install openjdk-17-jdk-headless maven), or run this as root." >&2
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

jdk() {
  if apt-cache show openjdk-17-jdk-headless >/dev/null 2>&1; then
    echo openjdk-17-jdk-headless
  else
    echo openjdk-21-jdk-headless
  fi
}

if ! java_fits; then
  command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && apt-get update -qq
  install "$(jdk)"
  java_fits || { echo "The default java is neither 17 nor 21; choose it (update-alternatives --config java)." >&2; exit 1; }
fi
[ -f "$folder/.complete" ] && exit 0
command -v mvn >/dev/null 2>&1 || install maven

beside=$folder.fetching.$$
trap 'rm -rf "$beside"' EXIT
mkdir -p "$beside"
mvn --quiet --batch-mode --file "$here/neo4j/pom.xml" dependency:copy-dependencies \
  -DincludeScope=runtime "-DoutputDirectory=$beside"
touch "$beside/.complete"
rm -rf "$folder"
mv "$beside" "$folder"
trap - EXIT
