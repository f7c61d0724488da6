import { type EncoderSourceOptions, shareEncoder } from "./encoder-source.js";
import { isVectorsFile, vectorsOfFile } from "./file-source.js";
import type { SideName, Sides } from "./side.js";
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
    return { source: vectorsOfFile(source), target: vectorsOfFile(target), close: async () => {} };
  const encoder = await shareEncoder(sides, options);
  return {
    source: isVectorsFile(source) ? vectorsOfFile(source) : encoder,
    target: isVectorsFile(target) ? vectorsOfFile(target) : encoder,
    close: encoder.close,
  };
}
