import { note, option, say } from "../../wording.js";
import type { ReadOptions } from "../input.js";
import type { PairColumnOptions } from "./column-options.js";
import { looksLikeHeader } from "./header.js";

/** Whether a first row is a header: as is asked for, else as it looks, which is told. */
export function noticeHeader(
  cells: readonly string[],
  { header, columns, scoreColumn, onNote }: PairColumnOptions & Pick<ReadOptions, "onNote">,
  path: string,
): boolean {
  if (header !== undefined) return header === "yes";
  if ([...(columns ?? []), scoreColumn].some((column) => typeof column === "string")) return true;
  const found = looksLikeHeader(cells);
  const quoted = cells.join(", ");
  if (found === true)
    onNote?.(
      note(
        say`${path}: the first row is read as a header (${quoted}). Pass ${option("header", "no")} if it is a pair.`,
      ),
    );
  if (found === "maybe")
    onNote?.(
      note(
        say`${path}: the first row (${quoted}) may be a header, but is read as a pair. Pass ${option("header", "yes")} if it is one.`,
      ),
    );
  return found === true;
}
