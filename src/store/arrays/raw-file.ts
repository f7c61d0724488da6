import { statSync } from "node:fs";
import { InputError } from "../../errors.js";
import { NPY_TYPES } from "./npy.js";
import { type NpyFile, openArray } from "./npy-file.js";
import { NPY_TYPE_OF } from "./number-types.js";

/** The types that numbers without a header may have. */
export const RAW_TYPES = ["float32", "float16"] as const;
/** How the numbers of a file without a header are stored, the lowest byte first. */
export type RawType = (typeof RAW_TYPES)[number];

/** How rows without a header lie, as LASER's `embed` writes them. */
export interface RawLayout {
  dimensions: number;
  type: RawType;
}

const rowBytes = ({ dimensions, type }: RawLayout) =>
  dimensions * NPY_TYPES[NPY_TYPE_OF[type]].BYTES_PER_ELEMENT;

/** @throws InputError if the file cannot be opened, or is no whole number of rows */
export function openRaw(path: string, layout: RawLayout): NpyFile {
  return openArray(path, ({ size }) => {
    const rows = size / rowBytes(layout);
    if (!Number.isInteger(rows)) throw notWhole(path, size, layout);
    return { type: NPY_TYPE_OF[layout.type], shape: [rows, layout.dimensions], dataOffset: 0 };
  });
}

function notWhole(path: string, size: number, layout: RawLayout): InputError {
  const { dimensions, type } = layout;
  return new InputError(
    { path },
    `has ${size} bytes, which is ${(size / rowBytes(layout)).toFixed(2)} rows of ${dimensions} ${type} numbers; expected whole rows.`,
    { advice: otherTypes(size, layout) ?? "Say how many numbers a row has, or make the file again." },
  );
}

/**
 * What a file would be with numbers of another type.
 *
 * @returns undefined if it would be nothing whole
 */
function otherTypes(size: number, { dimensions, type }: RawLayout): string | undefined {
  const whole = RAW_TYPES.filter(
    (other) => other !== type && size % rowBytes({ dimensions, type: other }) === 0,
  );
  return whole.length === 0
    ? undefined
    : whole
        .map((other) => `As ${other} it has ${size / rowBytes({ dimensions, type: other })} rows.`)
        .join(" ");
}

/** What else a file of raw numbers may be, where its rows are not as many as was thought. */
export function describeOtherTypes(path: string, layout: RawLayout): string | undefined {
  return otherTypes(statSync(path).size, layout);
}
