import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import type { EncoderOptions } from "../../src/embed/open-encoder.js";
import { ModelError, OptionError } from "../../src/errors.js";
import { embedFile } from "../../src/jobs/embed/embed-file.js";
import { evaluateXsim } from "../../src/jobs/evaluate/aligned.js";
import { mine } from "../../src/jobs/mine.js";
import { scoreBitext } from "../../src/jobs/score/score.js";
import type { Encoder } from "../../src/types/encoder.js";
import type { ScoredPair } from "../../src/types/pairs.js";
import { temporaryFolder } from "../temporary-folder.js";
import { letterEncoder } from "./letter-encoder.js";

const TEXTS = ["the mill", "by the river"];

/** What each job does with an encoder of the caller's own. */
const JOBS: Record<string, (encoder: Encoder, folder: string, options?: EncoderOptions) => Promise<unknown>> =
  {
    mine: async (encoder, _, options) => {
      const pairs: ScoredPair[] = [];
      for await (const pair of mine(TEXTS, TEXTS, { encoder, ...options })) pairs.push(pair);
      return pairs;
    },
    scoreBitext: (encoder, folder, options) =>
      scoreBitext(`${folder}/pairs.tsv`, `${folder}/scored.tsv`, { encoder, ...options }),
    embedFile: (encoder, folder, options) =>
      embedFile(`${folder}/a.txt`, `${folder}/a.npy`, { encoder, ...options }),
    evaluateXsim: (encoder, folder, options) =>
      evaluateXsim(`${folder}/a.txt`, `${folder}/a.txt`, { encoder, ...options }),
  };

const given = (vectors: unknown): Encoder => ({
  ...letterEncoder(4, "mine"),
  encode: async () => vectors as Float32Array,
});

/** What an encode may give by mistake, and what is said of it. */
const WRONG: [gives: unknown, found: string][] = [
  [new Float32Array(3), "3 numbers for 2 texts"],
  [new Float32Array(12), "12 numbers for 2 texts"],
  [[1, 0, 0, 0, 0, 1, 0, 0], "an Array"],
  [new Float64Array(8), "a Float64Array"],
  [undefined, "undefined"],
  [null, "null"],
  ["vectors", "a String"],
];

for (const [name, run] of Object.entries(JOBS))
  test(`${name} refuses vectors of an own encoder that are not texts × dimensions of float32`, async (t) => {
    for (const [gives, found] of WRONG) {
      const folder = temporaryFolder(t);
      writeFileSync(join(folder, "a.txt"), `${TEXTS.join("\n")}\n`);
      writeFileSync(join(folder, "pairs.tsv"), TEXTS.map((text) => `${text}\t${text}\n`).join(""));
      await t.throwsAsync(run(given(gives), folder), {
        instanceOf: ModelError,
        message: `The encoder mine gave ${found}; expected 2 × 4 = 8 numbers of a Float32Array. Its encode must give each text's vector, one after the other.`,
      });
    }
  });

for (const [name, run] of Object.entries(JOBS))
  test(`${name} refuses an own encoder without what every encoder has`, async (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(join(folder, "a.txt"), `${TEXTS.join("\n")}\n`);
    writeFileSync(join(folder, "pairs.tsv"), TEXTS.map((text) => `${text}\t${text}\n`).join(""));
    const sound = letterEncoder();
    const refused: [fields: object, says: RegExp][] = [
      [{ space: "" }, /^encoder is an object without space/],
      [{ dimensions: 2.5 }, /whose dimensions are 2\.5; expected a whole number from 1\./],
      [{ dimensions: undefined }, /whose dimensions are undefined/],
      [{ encode: undefined }, /without a function encode\. Give what openEncoder opens/],
    ];
    for (const [fields, message] of refused)
      await t.throwsAsync(run({ ...sound, ...fields } as Encoder, folder), {
        instanceOf: OptionError,
        message,
      });
  });

for (const [name, run] of Object.entries(JOBS))
  test(`${name} refuses options that could say nothing to an encoder that is open`, async (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(join(folder, "a.txt"), `${TEXTS.join("\n")}\n`);
    writeFileSync(join(folder, "pairs.tsv"), TEXTS.map((text) => `${text}\t${text}\n`).join(""));
    const options: EncoderOptions = { dimensions: 8, prompt: "query: ", variant: "q8", revision: "v1" };
    for (const [option, value] of Object.entries(options))
      await t.throwsAsync(run(letterEncoder(), folder, { [option]: value }), {
        instanceOf: OptionError,
        message: `${option}: the encoder is given open, and stays as it is. Leave it out, or give the encoder's name.`,
      });
  });

test("another encoder is blended into an own one, which stays open", async (t) => {
  let closed = false;
  const own: Encoder = {
    ...letterEncoder(),
    close: async () => {
      closed = true;
    },
  };
  const spaceOf = async (options: EncoderOptions) => {
    let space = "";
    const onSummary = (summary: { encoder: string }) => {
      space = summary.encoder;
    };
    for await (const _ of mine(TEXTS, TEXTS, { encoder: own, ...options, onSummary } as never));
    return space;
  };
  t.is(await spaceOf({}), "letters-16");
  t.regex(
    await spaceOf({ blend: { encoder: "builtin", weight: 0.25 } }),
    /^letters-16\+0\.25×builtin-static/,
  );
  t.false(closed);
});

test("an encoder of a class keeps its own fields while it encodes", async (t) => {
  class Counting implements Encoder {
    readonly space = "counting";
    readonly dimensions = 1;
    texts = 0;
    async encode(texts: readonly string[]) {
      this.texts += texts.length;
      return new Float32Array(texts.length).fill(1);
    }
  }
  const encoder = new Counting();
  for await (const _ of mine(TEXTS, TEXTS, { encoder }));
  t.is(encoder.texts, 4);
});

test("what an own encoder throws is what its caller gets", async (t) => {
  const failure = new Error("quota exceeded");
  const encoder = { ...letterEncoder(), encode: () => Promise.reject(failure) };
  t.is(await t.throwsAsync(mine(TEXTS, TEXTS, { encoder }).next()), failure);
});
