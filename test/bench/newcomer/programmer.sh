#!/usr/bin/env bash
# A TypeScript programmer: the programs of the README and its chapters compile under strict settings, and run.
#
#   test/bench/newcomer/programmer.sh PACKAGE.tgz
source "$(dirname "$0")/begin.sh"

npm install --no-audit --no-fund --loglevel error typescript@6.0.3 @types/node@20
programs=0
while read -r page; do
  awk -v folder="$folder" -v start="$programs" '
    /^```ts$/ { inside = 1; file = folder "/program" (++start) ".ts"; next }
    /^```$/ { inside = 0 }
    inside { print > file }' "$page"
  programs=$(find . -maxdepth 1 -name 'program*.ts' | wc -l)
done < <(find node_modules/crisscross -name README.md -not -path '*/node_modules/crisscross/node_modules/*')
expect "the READMEs show programs" test "$programs" -ge 3
tsc program*.ts --strict --skipLibCheck false --target es2022 --module nodenext --moduleResolution nodenext --types node
for program in program*.js; do
  node "$program" > "$program.out"
  expect "$program prints something" test -s "$program.out"
done
