import { createHash } from "node:crypto";
import { checkWhole } from "../../check-values.js";
import { ModelError, OptionError } from "../../errors.js";
import type { Encoder } from "../../types/encoder.js";
import { option, optionList, say } from "../../wording.js";
import type { PromptOptions } from "../folder/prompts.js";
import { normaliseRows } from "../normalise.js";
import { sumRows } from "../table.js";
import { hashFeatures } from "./features.js";
import { SignTable } from "./sign-table.js";

/** The name of the encoder that starts from nothing. */
export const NGRAM = "ngram";
export const DEFAULT_DIMENSIONS = 256;
/** Rows of its table. */
export const BUCKETS = 2 ** 18;
/** Its table then takes 4 GiB. */
const MOST_DIMENSIONS = 4096;

export interface NgramOptions {
  /** @default 256 */
  dimensions?: number;
  /** Chooses the random directions. @default 0 */
  seed?: number;
}

/** What only encoders in folders understand. */
const FOLDERS_OPTIONS = [
  "task",
  "targetTask",
  "prompt",
  "promptName",
  "targetPrompt",
  "targetPromptName",
  "variant",
] as const;
type FoldersOptions = PromptOptions & { variant?: string };

/**
 * An encoder that knows no language: hashed words and character n-grams, each a random direction, weighted by inverse
 * document frequency. It finds translations that share names, numbers and cognates, and must be fitted first.
 *
 * @throws OptionError if there cannot be as many dimensions, or an option is given that it would ignore
 */
export function createNgramEncoder(options: NgramOptions & FoldersOptions = {}): Encoder {
  const { dimensions = DEFAULT_DIMENSIONS, seed = 0 } = options;
  checkWhole({ dimensions }, { most: MOST_DIMENSIONS });
  const others = FOLDERS_OPTIONS.filter((name) => options[name] !== undefined);
  if (others.length > 0)
    throw new OptionError(
      say`${optionList(others, " and ")}: the ngram encoder has no tasks, prompts or model files.`,
      {
        advice: say`Leave ${others.length === 1 ? "it" : "them"} out, or give ${option("encoder")} a folder.`,
      },
    );
  const name = `ngram-${dimensions}-seed${seed}`;
  return {
    space: name,
    dimensions,
    encode: () =>
      Promise.reject(
        new ModelError(
          "The ngram encoder weights features by how often a corpus has them; call fit before encode.",
        ),
      ),
    fit: async (batches) =>
      fitted(name, await countDocuments(batches), new SignTable(BUCKETS, dimensions, seed)),
  };
}

interface DocumentCounts {
  /** In how many texts each bucket occurs. */
  buckets: Uint32Array;
  texts: number;
}

async function countDocuments(
  batches: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): Promise<DocumentCounts> {
  const buckets = new Uint32Array(BUCKETS);
  let texts = 0;
  for await (const batch of batches) {
    for (const text of batch) {
      texts++;
      for (const bucket of new Set(hashFeatures(text, BUCKETS))) buckets[bucket]++;
    }
  }
  return { buckets, texts };
}

function fitted(name: string, { buckets, texts }: DocumentCounts, table: SignTable): Encoder {
  const weights = Float32Array.from(buckets, (count) => Math.log((texts + 1) / (count + 1)));
  const { dimensions } = table;
  const statistics = createHash("sha256").update(weights).digest("hex").slice(0, 12);
  return {
    space: `${name}-${statistics}`,
    dimensions,
    encode: async (batch) => {
      const features = batch.map((text) => hashFeatures(text, BUCKETS));
      return normaliseRows(
        sumRows(features, table, (bucket) => weights[bucket]),
        dimensions,
      );
    },
  };
}
