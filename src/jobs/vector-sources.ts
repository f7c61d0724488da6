import type { SideName } from "../types.js";
import { type EncoderSourceOptions, shareEncoder } from "./encoder-source.js";
import { vectorsOfFile } from "./file-source.js";
import type { Sides } from "./side.js";
import { isVectorsFile } from "./text-of-vectors.js";
import type { TextSource } from "./text-source.js";
import type { LazySource } from "./vectors-stage.js";

/** A side that is a file of vectors has them already; an encoder gives the others theirs. */
export async function openVectorSources(
  source: TextSource,
  target: TextSource,
  sides: Sides,
  options: EncoderSourceOptions,
): Promise<Record<SideName, LazySource> & { close(): Promise<void> }> {
  if (isVectorsFile(source) && isVectorsFile(target))
    return {
      source: await vectorsOfFile(source),
      target: await vectorsOfFile(target),
      close: async () => {},
    };
  const encoder = await shareEncoder(sides, options);
  return {
    source: isVectorsFile(source) ? await vectorsOfFile(source) : encoder.source,
    target: isVectorsFile(target) ? await vectorsOfFile(target) : encoder.target,
    close: encoder.close,
  };
}
