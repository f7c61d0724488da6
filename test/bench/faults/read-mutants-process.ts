/** Reads mutants of one reader's files and tells what came of each; `read-mutants.js` starts it and watches. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomNumbers } from "../../random.js";
import { flipBit, mutate } from "./mutate.js";
import { READERS } from "./readers/readers.js";
import { type Judgement, judgeError } from "./verdict.js";

/** Which mutants of which reader are read. */
export interface Reading {
  reader: number;
  seed: number;
  /** Mutants from `first` up to `end`, or up to their last. */
  first: number;
  end: number;
  /** Each file has so many mutants, each with one bit flipped; else mutants are of whichever file. */
  flips?: number;
}

/** What is read now. */
export interface Mutant {
  number: number;
  what: string;
}

/** What came of it, and the most memory that the process has had. */
export interface Read {
  number: number;
  judgement?: Judgement;
  peakBytes: number;
}

const { reader: index, seed, first, end, flips }: Reading = JSON.parse(process.argv[2]);
const reader = READERS[index];
const folder = mkdtempSync(join(tmpdir(), "crisscross-faults-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const [sound, spoiled] = ["sound", "spoiled"].map((name) => join(folder, name));
process.env.TMPDIR = join(folder, "tmp");
for (const name of [sound, process.env.TMPDIR]) mkdirSync(name);
const files = await reader.make(sound);
if (files.length === 0) throw new Error(`${reader.name}: nothing to spoil`);
const bytesOf = (file: string) => readFileSync(join(sound, file));
// What is packed is packed for the sound reading, too.
const expected = await readWith(files[0], bytesOf(files[0]));
tell({ number: first - 1, peakBytes: peak() });
const distinct = [...new Set(files)];
// JSON has no infinity.
const last = flips === undefined ? end : distinct.length * flips;
for (let number = first; number < last; number++) {
  const next = randomNumbers(seed * 1_000_003 + index * 100_003 + number);
  const file =
    flips === undefined ? files[Math.floor(next() * files.length)] : distinct[Math.floor(number / flips)];
  const change = flips === undefined ? mutate : flipBit;
  tell({ number, what: file });
  const judgement = await judge(file, change(bytesOf(file), next));
  tell({ number, judgement, peakBytes: peak() });
}
process.disconnect();
process.exit();

async function judge(file: string, bytes: Buffer): Promise<Judgement> {
  try {
    const found = await readWith(file, bytes);
    const isOther = reader.isChecked?.(file) && found !== expected;
    return isOther ? { verdict: "silent", detail: found.slice(0, 200) } : { verdict: "fine", detail: "" };
  } catch (error) {
    return judgeError(error);
  }
}

async function readWith(file: string, bytes: Buffer): Promise<string> {
  rmSync(spoiled, { recursive: true, force: true });
  // Links of a cache stay links, as they are.
  cpSync(sound, spoiled, { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(spoiled, file), reader.pack?.(file, bytes) ?? bytes);
  return JSON.stringify(await reader.read(spoiled)) ?? "";
}

function peak(): number {
  return process.resourceUsage().maxRSS * 1024;
}

function tell(news: Mutant | Read): void {
  process.send!(news);
}
