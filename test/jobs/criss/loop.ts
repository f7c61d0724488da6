import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { hashedTokenizer } from "../../../src/embed/ngram/hashed-tokenizer.js";
import { writeStaticFolder } from "../../../src/embed/static/write-static-folder.js";
import {
  type CrissOptions,
  type CrissSummary,
  type CrissTexts,
  criss,
  type JobEvent,
  type RoundSummary,
} from "../../../src/index.js";
import { randomNumbers } from "../../random.js";
import { temporaryFolder } from "../../temporary-folder.js";

export const TOWN: CrissTexts = [{ de: "samples/town.de", en: "samples/town.en" }];
export const GOLD = { "de-en": "samples/town.de-en.gold" };

export interface Outcome {
  rounds: RoundSummary[];
  summary?: CrissSummary;
  /** What became of each stage. */
  stages: string[];
  changes: string[];
}

const START = mkdtempSync(join(tmpdir(), "crisscross-start-"));
test.after.always(() => rmSync(START, { recursive: true }));

/** A table of hashed n-grams like that of `ngram`, but of few rows. */
export const smallStart = once(async () => {
  const [rows, dimensions] = [4096, 16];
  const next = randomNumbers(1);
  const values = Float32Array.from({ length: rows * dimensions }, () => next() - 0.5);
  const folder = join(START, "small");
  const settings = { centre: true };
  const tokenizer = { tokenizer: hashedTokenizer(rows), tokenizerName: "small" };
  await writeStaticFolder(folder, { rows, dimensions, blocks: [values], settings, ...tokenizer, card: "" });
  return folder;
});

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Runs a loop with a small table of n-grams, or its first rounds. */
export async function loop(
  options: CrissOptions,
  texts = TOWN,
  most = Number.POSITIVE_INFINITY,
): Promise<Outcome> {
  const outcome: Outcome = { rounds: [], stages: [], changes: [] };
  const onEvent = (event: JobEvent) => {
    if (event.kind !== "stage") return;
    outcome.stages.push(`${event.what} ${event.stage}`);
    outcome.changes.push(...event.changes);
  };
  const onSummary = (summary: CrissSummary) => {
    outcome.summary = summary;
  };
  const small = { encoder: await smallStart(), rounds: 2 };
  for await (const round of criss(texts, { ...small, ...options, onEvent, onSummary })) {
    if (outcome.rounds.push(round) >= most) break;
  }
  return outcome;
}

export const newRun = (t: ExecutionContext) => join(temporaryFolder(t), "run");

export const linesOf = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n");
