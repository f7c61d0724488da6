#!/usr/bin/env bash
# From a web dump to bitext: the clean sentences of two languages, then the pairs that translate each other, with the
# addresses of both pages: score, source, target, source's address, target's address.
# FOLDER keeps what is done, so the script can be stopped at any moment and started again.
# SOURCE and TARGET are codes as extract names its files by: de, not deu; zh, zh-Hans or zh-Hant.
#
#   pipelines/common-crawl.sh FOLDER SOURCE TARGET INPUT... [-- OPTION OF MINE...]
#   pipelines/common-crawl.sh work/ de en CC-MAIN-*.warc.gz -- --threshold 1.25
set -euo pipefail

if [ $# -lt 4 ]; then
  echo "usage: ${0##*/} FOLDER SOURCE TARGET INPUT... [-- OPTION OF MINE...]" >&2
  exit 2
fi
folder=$1 source=$2 target=$3
shift 3
inputs=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do inputs+=("$1"); shift; done
[ $# -eq 0 ] || shift

mkdir -p "$folder"
sentences=$folder/sentences
crisscross=${CRISSCROSS:-npx crisscross}
$crisscross extract "${inputs[@]}" --languages "$source,$target" -o "$sentences"

for language in "$source" "$target"; do
  if [ ! -e "$sentences/$language.jsonl.zst" ]; then
    echo "${0##*/}: the dump has no sentence in $language; $sentences has: $(cd "$sentences" && echo *.jsonl.zst)" >&2
    exit 1
  fi
done
$crisscross mine "$sentences/$source.jsonl.zst" "$sentences/$target.jsonl.zst" --guard copies --columns url \
  --run "$folder/mining" "$@" -o "$folder/$source-$target.tsv.gz"
