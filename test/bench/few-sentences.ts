/**
 * What mining finds among the first 1 to 64 lines of sixteen languages of the Tatoeba test set: the share of lines whose
 * pair is right, as mining goes by default, without centring and by another margin, and the highest score beside that of
 * the whole files.
 *
 *   node dist/test/bench/few-sentences.js [--encoder builtin]
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type MineOptions, mine, openEncoder, readSentences } from "../../src/index.js";
import { describeMachine } from "./machine.js";
import { sharedPath } from "./shared.js";

const LANGUAGES = "ara ces deu spa est fin fra hin ita jpn kor nld rus tur vie cmn".split(" ");
const MOST = 64;
/** Sizes that have a row of their own. */
const SHOWN = [1, 2, 3, 4, 8, 16, 32, MOST];
const WAYS: Readonly<Record<string, MineOptions>> = {
  default: {},
  "--no-centre": { centre: false },
  "--margin distance": { margin: "distance" },
};

const { values } = parseArgs({ options: { encoder: { type: "string", default: "builtin" } } });
const encoder = await openEncoder(values.encoder);
const texts = await Promise.all(LANGUAGES.map(readBoth));

console.log(`${describeMachine()} · ${encoder.space}`);
const names = Object.keys(WAYS);
console.log(`| lines a side | ${names.join(" | ")} | highest score |`);
console.log(`| --- |${" ---: |".repeat(names.length + 1)}`);
const all: { shares: number[]; highest: number }[] = [];
for (let lines = 1; lines <= MOST; lines++) {
  const of = await mineFirst(lines);
  all.push(of);
  if (SHOWN.includes(lines)) printRow(`${lines}`, of);
}
printRow(`mean of 1 to ${MOST}`, {
  shares: names.map((_, way) => meanOf(all.map(({ shares }) => shares[way]))),
  highest: Math.max(...all.map(({ highest }) => highest)),
});
printRow("whole files", await mineFirst(Number.POSITIVE_INFINITY));
await encoder.close?.();

/** Means over the languages. */
async function mineFirst(lines: number): Promise<{ shares: number[]; highest: number }> {
  const shares: number[] = [];
  let highest = 0;
  for (const [name, way] of Object.entries(WAYS)) {
    const found = [];
    for (const { x, english } of texts) {
      const [source, target] = [x.slice(0, lines), english.slice(0, lines)];
      let right = 0;
      for await (const pair of mine(source, target, { ...way, encoder, threads: 1 })) {
        if (pair.source.lines.some((line) => pair.target.lines.includes(line))) right++;
        if (name === "default") highest = Math.max(highest, pair.score);
      }
      found.push(right / source.length);
    }
    shares.push(meanOf(found));
  }
  return { shares, highest };
}

function printRow(name: string, { shares, highest }: { shares: number[]; highest: number }): void {
  console.log(`| ${name} | ${shares.map((share) => share.toFixed(4)).join(" | ")} | ${highest.toFixed(2)} |`);
}

async function readBoth(code: string): Promise<{ x: string[]; english: string[] }> {
  const stem = join(sharedPath("data/tatoeba"), `tatoeba.${code}-eng`);
  return { x: await readLines(`${stem}.${code}`), english: await readLines(`${stem}.eng`) };
}

async function readLines(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of readSentences(path, { format: "text" }))
    lines.push(...batch.map(({ text }) => text));
  return lines;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
