#!/usr/bin/env bash
# From a web dump to bitext: the clean sentences of two languages, then the pairs that translate each other, with the
# addresses of both pages: score, source, target, source's address, target's address.
# With --by page only sentences of pages that translate each other are paired, by their place there: the columns are those
# of align --pages, and the output is SOURCE-TARGET.pages.tsv.gz.
# FOLDER keeps what is done, so the script can be stopped at any moment and started again.
# SOURCE and TARGET are codes as extract names its files by: de, not deu; zh, zh-Hans or zh-Hant.
#
#   pipelines/common-crawl.sh FOLDER SOURCE TARGET INPUT... [--by page] [-- OPTION OF MINE OR ALIGN...]
#   pipelines/common-crawl.sh work/ de en CC-MAIN-*.warc.gz -- --threshold 1.25
#   pipelines/common-crawl.sh work/ de en CC-MAIN-*.warc.gz --by page -- --min-score 0.4
set -euo pipefail

usage() {
  echo "usage: ${0##*/} FOLDER SOURCE TARGET INPUT... [--by sentence|page] [-- OPTION OF MINE OR ALIGN...]" >&2
  exit 2
}

[ $# -ge 4 ] || usage
folder=$1 source=$2 target=$3 by=sentence
shift 3
inputs=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  if [ "$1" = --by ]; then
    by=${2-}
    shift
  else
    inputs+=("$1")
  fi
  [ $# -eq 0 ] || shift
done
[ $# -eq 0 ] || shift
[ ${#inputs[@]} -gt 0 ] && { [ "$by" = sentence ] || [ "$by" = page ]; } || usage

mkdir -p "$folder"
texts=$folder/${by}s
crisscross=${CRISSCROSS:-npx crisscross}
$crisscross extract "${inputs[@]}" --unit "$by" --languages "$source,$target" -o "$texts"

for language in "$source" "$target"; do
  if [ ! -e "$texts/$language.jsonl.zst" ]; then
    echo "${0##*/}: the dump has no $by in $language; $texts has: $(cd "$texts" && echo *.jsonl.zst)" >&2
    exit 1
  fi
done
sides=("$texts/$source.jsonl.zst" "$texts/$target.jsonl.zst")
if [ "$by" = page ]; then
  $crisscross align "${sides[@]}" --pages auto \
    --run "$folder/aligning" "$@" -o "$folder/$source-$target.pages.tsv.gz"
else
  $crisscross mine "${sides[@]}" --guard copies --columns url \
    --run "$folder/mining" "$@" -o "$folder/$source-$target.tsv.gz"
fi
