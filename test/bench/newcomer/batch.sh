#!/usr/bin/env bash
# A batch engineer: from a web dump to train, dev and test, in a pipe, killed half way, with the wrong file once.
#
#   test/bench/newcomer/batch.sh PACKAGE.tgz
source "$(dirname "$0")/begin.sh"

crisscross extract samples/town.warc.gz --languages de,en -o sentences
expect "a dump gives sentences by language" test -s sentences/de.jsonl.zst -a -s sentences/en.jsonl.zst

crisscross mine sentences/de.jsonl.zst sentences/en.jsonl.zst -o web.tsv
expect "mined pairs have three columns" awk -F '\t' 'NF != 3 { exit 1 }' web.tsv

mine=(crisscross mine samples/town.de samples/town.en --run run --quiet)
"${mine[@]}" & sleep 0.7; kill -9 $! || true; wait $! 2>/dev/null || true
"${mine[@]}"
crisscross mine samples/town.de samples/town.en --quiet | cmp - run/pairs.tsv
echo "a run that was killed ends with the same bytes"

crisscross mine samples/town.de samples/town.en --quiet | head -n 1 > best.tsv
expect "a pipe into head ends well" test "${PIPESTATUS[*]}" = "0 0"

crisscross select run --threshold 1.35 --quiet |
  crisscross filter - --languages de,en --quiet |
  crisscross dedup - --quiet -o clean.tsv
crisscross split clean.tsv --test 20 --dev 20 -o splits
expect "train, dev and test are there" test -s splits/train.tsv -a -s splits/dev.tsv -a -s splits/test.tsv

if crisscross mine samples/town.warc.gz samples/town.en > wrong.tsv 2> wrong.txt; then exit 1; fi
expect "the wrong file is refused in a sentence that says what to do" grep -q "extract" wrong.txt
crisscross verify run
