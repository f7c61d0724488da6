#!/usr/bin/env bash
# Mines every text of a folder with one pivot language: DE.txt.gz, FR.txt, … with EN.txt become bitext/DE-EN.tsv.gz, ….
# Each pair has a run folder, so the script can be stopped at any moment and started again; a pair that is there is left.
#
#   pipelines/mine-folder.sh FOLDER PIVOT [OPTION OF MINE]...
#   pipelines/mine-folder.sh texts/ en --threshold 1.25
set -euo pipefail

if [ $# -lt 2 ]; then
  echo "usage: ${0##*/} FOLDER PIVOT [OPTION OF MINE]..." >&2
  exit 2
fi
folder=$1 pivot=$2
shift 2

# The text of one language, whatever its compression; nothing if there is none.
text_of() {
  local path
  for path in "$folder/$1".txt{,.gz,.xz,.zst,.bz2}; do
    if [ -e "$path" ]; then echo "$path"; return; fi
  done
}

pivot_text=$(text_of "$pivot")
if [ -z "$pivot_text" ]; then
  echo "${0##*/}: $folder has no $pivot.txt, nor one that ends in .gz, .xz, .zst or .bz2" >&2
  exit 1
fi

# The encoder of a translator is told the language of each text, which is its name.
encoder=
for ((i = 1; i <= $#; i++)); do
  case ${!i} in
    --encoder) next=$((i + 1)) encoder=${!next-} ;;
    --encoder=*) encoder=${!i#--encoder=} ;;
  esac
done
tells=
if [ -n "$encoder" ] && ${CRISSCROSS:-npx crisscross} encoders show "$encoder" 2>&1 | grep -q "^language code"; then
  tells=yes
fi

mkdir -p "$folder/bitext" "$folder/runs"
for path in "$folder"/*.txt{,.gz,.xz,.zst,.bz2}; do
  [ -e "$path" ] || continue
  language=$(basename "$path")
  language=${language%%.txt*}
  bitext=$folder/bitext/$language-$pivot.tsv.gz
  if [ "$language" = "$pivot" ] || [ -e "$bitext" ]; then continue; fi
  echo "$language-$pivot" >&2
  ${CRISSCROSS:-npx crisscross} mine "$path" "$pivot_text" ${tells:+--language "$language" --target-language "$pivot"} --run "$folder/runs/$language-$pivot" --clean "$@" -o "$bitext"
done
