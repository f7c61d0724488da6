import { join } from "node:path";
import { openTensors } from "../store/arrays/safetensors.js";
import type { EncoderFolder } from "./folder/encoder-folder.js";
import { readSettings } from "./folder/read-json.js";
import { TENSORS } from "./static/static-folder.js";

/** What configurations call the size of a token's vector. */
const WIDTHS = ["hidden_size", "d_model", "dim", "n_embd"];

/** Numbers of a vector, by what the folder says without opening its model; nothing where it does not say. */
export async function knownDimensions({
  modules,
  truncateDimensions,
}: EncoderFolder): Promise<number | undefined> {
  const { input, pooling, steps } = modules;
  const width =
    input.kind === "static"
      ? await widthOfTable(input.path)
      : await widthOfTokens(input.path, pooling.length);
  if (width === undefined) return undefined;
  let vector: Float32Array = new Float32Array(width);
  for (const step of steps) vector = step.apply(vector, vector.length);
  return Math.min(vector.length, truncateDimensions ?? vector.length);
}

async function widthOfTable(path: string): Promise<number | undefined> {
  await using file = await openTensors(join(path, "model.safetensors"));
  const packed = file.shapeOf(TENSORS.packed);
  if (packed) return 2 * packed[1];
  return (file.shapeOf(TENSORS.model2vec) ?? file.shapeOf(TENSORS.sentenceTransformers))?.[1];
}

async function widthOfTokens(path: string, poolings: number): Promise<number | undefined> {
  const config = await readSettings(join(path, "config.json"));
  const width = WIDTHS.map((name) => config[name]).find(Number.isInteger);
  return width && width * poolings;
}
