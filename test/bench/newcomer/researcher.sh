#!/usr/bin/env bash
# A researcher: figures with intervals for a paper, vectors for NumPy, and the same bytes the second time.
#
#   test/bench/newcomer/researcher.sh PACKAGE.tgz
source "$(dirname "$0")/begin.sh"

awk -F '\t' '{ print $1 }' samples/town.de-en.gold | while read -r line; do sed -n "${line}p" samples/town.de; done > aligned.de
awk -F '\t' '{ print $2 }' samples/town.de-en.gold | while read -r line; do sed -n "${line}p" samples/town.en; done > aligned.en

crisscross evaluate xsim aligned.de aligned.en --confidence
crisscross evaluate retrieval aligned.de aligned.en --markdown > table.md
expect "a table for a paper has a row a direction" test "$(grep -c '→' table.md)" -ge 2

crisscross evaluate xsim aligned.de aligned.en --latex > table.tex
expect "so has one in LaTeX" grep -q 'begin{tabular}' table.tex

mkdir tatoeba
cp aligned.de tatoeba/tatoeba.deu-eng.deu
cp aligned.en tatoeba/tatoeba.deu-eng.eng
crisscross evaluate tatoeba tatoeba --confidence --json > tatoeba.json
expect "Tatoeba's accuracy has an interval" grep -q '"interval"' tatoeba.json

crisscross embed aligned.de -o de.npy
crisscross embed aligned.en -o en.npy
if python3 -c 'import numpy' 2> /dev/null; then
  python3 -c 'import numpy; print(numpy.load("de.npy").shape)'
fi
crisscross mine de.npy en.npy -o once.tsv
crisscross mine de.npy en.npy -o twice.tsv
expect "the same vectors give the same bytes" cmp once.tsv twice.tsv
crisscross evaluate search de.npy en.npy --index ivf
