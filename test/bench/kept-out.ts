/**
 * How many of the built-in encoder's training pairs have a sentence of a test set on either side, letters and digits
 * alone being compared; each such pair is printed.
 *
 *   node dist/test/bench/kept-out.js
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readSentences } from "../../src/index.js";
import { copyKey } from "../../src/text/copy-key.js";
import { sharedPath } from "./shared.js";

const measured = new Set<string>();
for (const folder of ["tatoeba", "mining"])
  for await (const { line } of linesOf(folder, /^tatoeba\.|\.dev\.(?!gold$)/))
    measured.add(copyKey(line.slice(line.lastIndexOf("\t") + 1)));
measured.delete("");

const [leaked, count] = [new Set<string>(), { pairs: 0, leaks: 0 }];
for await (const { name, line } of linesOf("parallel", /\.tsv\.xz$/)) {
  count.pairs++;
  const keys = line
    .split("\t")
    .slice(-2)
    .map(copyKey)
    .filter((key) => measured.has(key));
  if (keys.length === 0) continue;
  count.leaks++;
  for (const key of keys) leaked.add(key);
  console.log(`${name}\t${line}`);
}
console.log(
  `${count.leaks} of ${count.pairs} pairs have one of ${measured.size} sentences of the test sets: ${leaked.size} different ones`,
);

async function* linesOf(folder: string, wanted: RegExp): AsyncGenerator<{ name: string; line: string }> {
  const path = sharedPath(join("data", folder));
  for (const name of readdirSync(path).filter((name) => wanted.test(name)))
    for await (const batch of readSentences(join(path, name), { format: "text" }))
      for (const { text } of batch) yield { name, line: text };
}
