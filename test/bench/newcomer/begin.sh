# Begins a newcomer's script: an empty folder with the package, installed as the README says, and the samples that it brings.
#
#   source begin.sh PACKAGE.tgz
set -euo pipefail
package=$(realpath "${1:?the packed package, made by npm pack}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --ignore-scripts --no-audit --no-fund --loglevel error "$package"
cp -r node_modules/crisscross/samples samples
PATH=$folder/node_modules/.bin:$PATH

# What must hold, in words.
expect() {
  local what=$1
  shift
  "$@" || { echo "not so: $what" >&2; exit 1; }
  echo "$what"
}
