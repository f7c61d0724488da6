import { readdirSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import * as crisscross from "../src/index.js";
import { temporaryFolder } from "./temporary-folder.js";

const [DE, EN, BITEXT] = ["samples/town.de", "samples/town.en", "samples/town.de-en.tsv"];

/** What is called, as plain JavaScript may, with an output in a folder of its own. */
type Call = (options: never, output: string) => AsyncIterable<unknown> | Promise<unknown>;

const mine: Call = (options) => crisscross.mine(DE, EN, options);
const criss: Call = (options: object, run) => crisscross.criss({ de: DE, en: EN }, { run, ...options });
const embedFile: Call = (options, output) => crisscross.embedFile(DE, `${output}.npy`, options);
const searchTile: Call = (options, output) => crisscross.searchTile("a.npy", "b.npy", output, options);
const scoreBitext: Call = (options, output) => crisscross.scoreBitext(BITEXT, output, options);
const scorePairs: Call = (options) => crisscross.scorePairs([], options);
const readPairs: Call = (options) => crisscross.readPairs(BITEXT, options);
const writeAlignments: Call = (options, output) => crisscross.writeAlignments(DE, EN, output, options);
const trainStatic: Call = (options: object, output) =>
  crisscross.trainStatic(output, { pairs: [BITEXT], ...options });

const CASES: [what: string, calls: Call[], options: object[], message: RegExp][] = [
  [
    "a length of sentences that is none",
    [mine, criss, searchTile],
    [Number.NaN, "x", -5, 1.5].map((minCharacters) => ({ minCharacters })),
    /^minCharacters is (NaN|"x"|-5|1\.5); expected a whole number from 0\.$/,
  ],
  [
    "a longest sentence of nothing",
    [mine, criss, searchTile],
    [{ maxCharacters: 0 }],
    /^maxCharacters is 0; expected a whole number from 1\.$/,
  ],
  [
    "a longest sentence below the shortest",
    [mine, criss, searchTile],
    [{ minCharacters: 50, maxCharacters: 10 }],
    /^maxCharacters is 10, less than minCharacters, 50;/,
  ],
  [
    "a threshold that is no number",
    [mine, criss, scoreBitext, scorePairs],
    ["1,2", "1.2", "x", Number.NaN, null].map((threshold) => ({ threshold })),
    /^threshold is ("1,2"|"1\.2"|"x"|NaN|null); expected a number\.$/,
  ],
  [
    "a share that is a text",
    [mine, criss, scoreBitext],
    [{ precision: "0.9" }],
    /^precision is "0\.9"; expected a number from 0 to 1\.$/,
  ],
  [
    "shares of which one is a text",
    [criss],
    [{ quantile: [0.5, "0.4"] }],
    /^quantile is 0\.4; expected 1 or more shares/,
  ],
  [
    "a type of table that is none",
    [trainStatic, criss],
    ["f16", "int8", null].map((type) => ({ type })),
    /^type is ("f16"|"int8"|null); expected one of float32, float16, int4\.$/,
  ],
  [
    "a type of vectors that is none",
    [embedFile],
    [{ type: "float17" }, { type: null }],
    /^type is ("float17"|null); expected one of float32, float16, int8\.$/,
  ],
  [
    "an answer to errors that is none",
    [trainStatic, readPairs],
    [{ onError: "ignore" }],
    /^onError is "ignore"; expected one of stop, skip\.$/,
  ],
  [
    "a header that may be",
    [readPairs],
    [{ header: "maybe" }],
    /^header is "maybe"; expected one of yes, no\.$/,
  ],
  [
    "a format of alignments that is none",
    [writeAlignments],
    [{ format: "hunalign" }],
    /^format is "hunalign"; expected one of tsv, jsonl, tmx, moses, vecalign, ladder\.$/,
  ],
];

for (const [what, calls, choices, message] of CASES)
  test(`${what} is refused, and leaves nothing behind`, async (t) => {
    const folder = temporaryFolder(t);
    for (const call of calls)
      for (const options of choices) {
        const run = async () => {
          const result = await call(options as never, join(folder, "output"));
          if (Object(result)[Symbol.asyncIterator]) for await (const _ of result as AsyncIterable<unknown>);
        };
        await t.throwsAsync(run, { instanceOf: crisscross.OptionError, message }, JSON.stringify(options));
      }
    t.deepEqual(readdirSync(folder), []);
  });
