import type { InputError } from "../../errors.js";

/** Decompressed bytes in their order. */
export interface Piece {
  bytes: Buffer;
  /** Where a gzip member or a zstd frame that begins with these bytes stands in the compressed file. */
  member?: number;
  /** Why what follows does not continue what came before: damage, or the end of a file that is cut short. */
  fault?: InputError;
}

const NOTHING = Buffer.alloc(0);

export function faultPiece(fault: InputError): Piece {
  return { bytes: NOTHING, fault };
}
