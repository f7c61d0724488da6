import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { ModelError } from "../../errors.js";
import { openTensors } from "../../store/arrays/safetensors.js";
import type { TensorToWrite } from "../../store/arrays/write-tensors.js";
import { isThere } from "../../store/files/unreadable.js";
import type { Prepared } from "../unigram/lexicon.js";

/** Lies beside a tokenizer's file, and has its pieces as they are used. */
export const PREPARED = "unigram.safetensors";

/** SHA-256 of the tokenizer's file, and of all other arrays in this order. */
const [TOKENIZER, CONTENT] = ["tokenizer.sha256", "content.sha256"];
const ARRAYS = [
  ["units", "U16"],
  ["branches", "U16"],
  ["numbers", "I32"],
  ["scores", "F32"],
  ["settings", "U8"],
] as const;

/**
 * Reads what was prepared of a tokenizer.
 *
 * @param path the tokenizer's file
 * @param tokenizer its content
 * @returns nothing if nothing was prepared, or of another tokenizer
 * @throws ModelError if it is damaged
 */
export async function readPrepared(path: string, tokenizer: Uint8Array): Promise<Prepared | undefined> {
  const name = join(dirname(path), PREPARED);
  if (!isThere(name)) return undefined;
  await using file = await openTensors(name);
  const { data: ofTokenizer } = await file.readBytes(TOKENIZER, "U8");
  if (!sha256([tokenizer]).equals(ofTokenizer)) return undefined;
  const arrays: Uint8Array<ArrayBuffer>[] = [];
  for (const [array, type] of ARRAYS) arrays.push((await file.readBytes(array, type)).data);
  const { data: ofContent } = await file.readBytes(CONTENT, "U8");
  if (!sha256(arrays).equals(ofContent))
    throw new ModelError(`${name}: is damaged: its content is not what its SHA-256 says.`, {
      advice: "Fetch it again, or remove it: the tokenizer's own file is then read in its place.",
    });
  const [units, branches, numbers, scores, settings] = arrays;
  return {
    units: new Uint16Array(units.buffer),
    branches: new Uint16Array(branches.buffer),
    numbers: new Int32Array(numbers.buffer),
    scores: new Float32Array(scores.buffer),
    settings: JSON.parse(Buffer.from(settings).toString("utf8")),
  };
}

/**
 * What the file holds that is read in place of a tokenizer's.
 *
 * @param tokenizer the content of the tokenizer's file
 */
export function preparedTensors(prepared: Prepared, tokenizer: Uint8Array): TensorToWrite[] {
  const { units, branches, numbers, scores } = prepared;
  const settings = Buffer.from(JSON.stringify(prepared.settings));
  const arrays = [units, branches, numbers, scores, settings];
  return [
    ...arrays.map((array, i) => tensor(ARRAYS[i], array)),
    tensor([TOKENIZER, "U8"], sha256([tokenizer])),
    tensor([CONTENT, "U8"], sha256(arrays)),
  ];
}

function tensor(
  [name, type]: readonly [string, TensorToWrite["type"]],
  array: ArrayBufferView & { length: number },
): TensorToWrite {
  return { name, type, shape: [array.length], blocks: [array] };
}

function sha256(parts: readonly NodeJS.ArrayBufferView[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
