import { workerEntry } from "../../runtime/worker-pool.js";
import { Compressor } from "../compressor.js";
import type { Piece } from "./compress-beside.js";

const compressors = new Map<number, Compressor>();

export default workerEntry(async ({ frame, bytes, last }: Piece): Promise<Uint8Array> => {
  const compressor = compressors.get(frame) ?? (await Compressor.open());
  compressors.set(frame, compressor);
  const parts = [...compressor.add(bytes)];
  if (last) {
    parts.push(...compressor.end());
    compressor.close();
    compressors.delete(frame);
  }
  return Buffer.concat(parts);
});
