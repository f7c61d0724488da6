import { warning } from "../wording.js";
import type { ReadOptions } from "./input.js";

const LOOKED_AT = 16 * 1024;

/** Warns if more lines at the start of an input end in `\r` alone, which ends none, than in `\n`. */
export function noteReturns(start: Buffer, path: string, onNote: ReadOptions["onNote"]): void {
  if (!onNote) return;
  const text = start.toString("latin1", 0, LOOKED_AT);
  // The last byte may be half of \r\n.
  const returns = text.match(/\r(?=[^\r\n])/g) ?? [];
  if (returns.length > text.split("\n").length - 1)
    onNote(
      warning(
        `${path}: its lines end in carriage returns alone, as on old Macs, so many are read as one. Convert it first, for example with tr '\\r' '\\n'.`,
      ),
    );
}
