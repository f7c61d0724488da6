import { InputError } from "../../errors.js";
import type { GivenFile } from "./given-file.js";

/** A part, and the row of all that its first one is. */
interface Part extends Pick<GivenFile, "faultOf"> {
  path: string;
  first: number;
  rows: number;
}

/**
 * Several files of vectors as one, row after row. One of them is open at a time.
 *
 * @throws InputError if a part has other dimensions than the first, or cannot be opened
 */
export async function openParts(
  paths: readonly string[],
  open: (path: string) => Promise<GivenFile>,
): Promise<GivenFile> {
  const parts: Part[] = [];
  let info: GivenFile["info"] | undefined;
  let rows = 0;
  for (const path of paths) {
    await using file = await open(path);
    info ??= file.info;
    if (file.info.dimensions !== info.dimensions)
      throw new InputError(
        { path },
        `has ${file.info.dimensions} dimensions, but ${paths[0]}, another part of the same vectors, has ${info.dimensions}.`,
        { advice: "Make all parts with one encoder." },
      );
    parts.push({ path, first: rows, rows: file.info.rows, faultOf: file.faultOf });
    rows += file.info.rows;
  }
  const { dimensions } = info!;
  let held: { part: Part; file: GivenFile } | undefined;
  const hold = async (part: Part) => {
    if (held?.part === part) return held.file;
    await held?.file[Symbol.asyncDispose]();
    const file = await open(part.path);
    part.faultOf = file.faultOf;
    held = { part, file };
    return file;
  };
  return {
    info: { ...info!, rows },
    read: async (start, end) => {
      const values = new Float32Array((end - start) * dimensions);
      for (const part of parts) {
        const [from, to] = [Math.max(start, part.first), Math.min(end, part.first + part.rows)];
        if (from >= to) continue;
        const file = await hold(part);
        values.set(await file.read(from - part.first, to - part.first), (from - start) * dimensions);
      }
      return values;
    },
    faultOf: (row) => {
      const part = parts.findLast(({ first }) => first <= row)!;
      return part.faultOf(row - part.first);
    },
    [Symbol.asyncDispose]: async () => held?.file[Symbol.asyncDispose](),
  };
}
