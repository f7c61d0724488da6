import { InputError } from "../../errors.js";
import { readInto } from "../../search/read-into.js";
import type { GivenFile } from "./given-file.js";

/** A part that is open, and the row of all that its first one is. */
interface Part {
  file: GivenFile;
  first: number;
}

/**
 * Several files of vectors as one, row after row. All of them are open until it is disposed of.
 *
 * @throws InputError if a part has other dimensions than the first, or cannot be opened
 */
export async function openParts(
  paths: readonly string[],
  open: (path: string) => Promise<GivenFile>,
): Promise<GivenFile> {
  const parts: Part[] = [];
  const close = async () => {
    for (const { file } of parts) await file[Symbol.asyncDispose]();
  };
  let rows = 0;
  try {
    for (const path of paths) {
      const file = await open(path);
      parts.push({ file, first: rows });
      rows += file.info.rows;
      checkDimensions(path, file, { path: paths[0], file: parts[0].file });
    }
  } catch (error) {
    await close();
    throw error;
  }
  const { info } = parts[0].file;
  const { dimensions } = info;
  const readNow = (start: number, end: number, room?: Float32Array) => {
    const numbers = (end - start) * dimensions;
    const values = room?.subarray(0, numbers) ?? new Float32Array(numbers);
    for (const { part, from, to, at } of within(parts, start, end)) {
      const place = values.subarray(at * dimensions, (at + to - from) * dimensions);
      readInto(place, { read: part.file.readNow! }, from, to);
    }
    return values;
  };
  return {
    info: { ...info, rows },
    read: async (start, end) => {
      const values = new Float32Array((end - start) * dimensions);
      for (const { part, from, to, at } of within(parts, start, end))
        values.set(await part.file.read(from, to), at * dimensions);
      return values;
    },
    readNow: parts.every(({ file }) => file.readNow) ? readNow : undefined,
    faultOf: (row) => {
      const part = parts.findLast(({ first }) => first <= row)!;
      return part.file.faultOf(row - part.first);
    },
    [Symbol.asyncDispose]: close,
  };
}

/** What is to be read of each part, by its own rows; and the place of that among all that is read. */
function* within(parts: readonly Part[], start: number, end: number) {
  for (const part of parts) {
    const { first, file } = part;
    const [from, to] = [Math.max(start, first), Math.min(end, first + file.info.rows)];
    if (from < to) yield { part, from: from - first, to: to - first, at: from - start };
  }
}

function checkDimensions(path: string, { info }: GivenFile, first: { path: string; file: GivenFile }): void {
  if (info.dimensions === first.file.info.dimensions) return;
  throw new InputError(
    { path },
    `has ${info.dimensions} dimensions, but ${first.path}, another part of the same vectors, has ${first.file.info.dimensions}.`,
    { advice: "Make all parts with one encoder." },
  );
}
