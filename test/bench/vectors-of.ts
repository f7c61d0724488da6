import { embed, textWindows } from "../../src/embed/embed.js";
import { MemoryRows } from "../../src/store/arrays/memory-rows.js";
import type { Encoder } from "../../src/types/encoder.js";

/** The vectors of `texts`, embedded as a job embeds them. */
export async function vectorsOf(texts: readonly string[], encoder: Encoder): Promise<Float32Array> {
  const rows = new MemoryRows(texts.length, encoder.dimensions);
  const onNotFinite = () => {
    throw new Error("a vector is not finite");
  };
  await embed(textWindows({ length: texts.length, get: (i) => texts[i] }), encoder, rows, { onNotFinite });
  return rows.data;
}
