import { roomForRows } from "../../runtime/rows/row-kernel.js";
import { inMemory } from "../../search/in-memory.js";
import { prepareRows } from "../../search/prepare-rows.js";
import { dropZeroRows, type NonZeroRows, passZeroRows } from "../../search/zero-rows.js";
import { type CentreOptions, safeMean } from "./safe-mean.js";
import type { SideVectors } from "./vectors-stage.js";

/** A side's vectors while they can be read. */
export interface SideRows extends Pick<SideVectors, "info" | "read" | "data"> {
  /** Those that are not zeros, where that is known. */
  filled?: Uint32Array;
}

export interface PrepareOptions extends Omit<CentreOptions, "mean"> {
  /** Whether all rows are held in memory; else they are prepared whenever they are read. */
  held: boolean;
}

/** Makes a side's vectors comparable: centred, of unit length, without rows of zeros. */
export function prepareSide(
  { info, read, data: inHand, filled }: SideRows,
  { held, ...centring }: PrepareOptions,
): NonZeroRows {
  const { rows, dimensions, blocks, mean } = info;
  const options = { ...centring, mean };
  if (held) {
    const data = inHand ?? read(0, rows, roomForRows(rows, dimensions));
    const subtracted = safeMean(inMemory({ rows, dimensions, data }), options);
    prepareRows({ rows, dimensions, data }, { mean: subtracted, blocks });
    return dropZeroRows({ rows, dimensions, data });
  }
  const subtracted = safeMean({ rows, dimensions, read }, options);
  const readPrepared = (start: number, end: number, room?: Float32Array) => {
    const data = read(start, end, room);
    prepareRows({ rows: end - start, dimensions, data }, { mean: subtracted, blocks });
    return data;
  };
  return passZeroRows({ rows, dimensions, read: readPrepared }, filled);
}
