#!/usr/bin/env bash
# A participant of a shared task in BUCC's form: mines a tuning set, looks at thresholds, and scores what comes of them.
#
#   test/bench/newcomer/shared-task.sh PACKAGE.tgz
source "$(dirname "$0")/begin.sh"

# id⇥sentence, and pairs of ids, as the organisers give them.
mkdir -p bucc2018/de-en
for language in de en; do
  awk -v l="$language" '{ printf "%s-%09d\t%s\n", l, NR, $0 }' "samples/town.$language" \
    > "bucc2018/de-en/de-en.sample.$language"
done
awk '{ printf "de-%09d\ten-%09d\n", $1, $2 }' samples/town.de-en.gold > bucc2018/de-en/de-en.sample.gold

crisscross evaluate bucc bucc2018/ --json > bucc.json
expect "the best F1 over the tuning set is above 0.9" \
  node -e 'const { rows } = JSON.parse(require("node:fs").readFileSync("bucc.json")); process.exit(rows.some(({ figures }) => Object.entries(figures).some(([name, { value }]) => /F1/.test(name) && value > 0.9)) ? 0 : 1)'

set=bucc2018/de-en/de-en.sample
crisscross mine "$set.de" "$set.en" --format bucc --output-format bucc --threshold 1.35 -o submission.tsv
expect "a submission is pairs of the organisers' ids" grep -qP '^de-\d{9}\ten-\d{9}$' submission.tsv
crisscross mine "$set.de" "$set.en" --format bucc --run run
crisscross select run --around 1.35 --show 6
crisscross select run --threshold 1.35 -o mined.tsv
crisscross evaluate pairs mined.tsv --gold "$set.gold" --source "$set.de" --target "$set.en"

crisscross score samples/town.de-en.tsv --score cosine -o scored.tsv
expect "every pair of a bitext to be filtered gets its line" \
  test "$(wc -l < scored.tsv)" = "$(wc -l < samples/town.de-en.tsv)"
