import { getHeapStatistics } from "node:v8";
import { InputError } from "../../errors.js";
import { chooseColumn } from "./choose-column.js";
import type { ListColumn } from "./list-columns.js";
import { describeUnread, openNamed } from "./open-named.js";
import type { ParquetFile } from "./open-parquet.js";

/** Vectors in a column of a file of Parquet, a list of numbers in each row. */
export interface VectorColumn extends AsyncDisposable {
  rows: number;
  dimensions: number;
  /** The rows from `start` up to `end`; NaN where a list is null, empty or of another length. */
  read(start: number, end: number): Promise<Float32Array>;
  /** What is wrong with the list of a row that has been read, if it is not only a number in it. */
  problemOf(row: number): string | undefined;
}

/**
 * Opens the column that holds vectors; they have the dimensions of the first. Numbers of 64 bits are rounded. Memory: what
 * a row group costs, of which the last one is held.
 *
 * @param name the column's, where there are several
 * @throws InputError if there is no such column, or no vector in it
 */
export async function openListColumn(path: string, name?: string): Promise<VectorColumn> {
  const file = await openNamed(path, path);
  try {
    return await openVectors(file, chooseColumn(file, path, name), path);
  } catch (error) {
    await file[Symbol.asyncDispose]();
    throw error;
  }
}

async function openVectors(file: ParquetFile, list: ListColumn, path: string): Promise<VectorColumn> {
  let rows = 0;
  const groups = file.groups.map((size, number) => {
    rows += size;
    return { number, first: rows - size, end: rows };
  });
  const problems = new Map<number, string>();
  let dimensions = 0;
  let held: { number: number; data: Float32Array } | undefined;
  const hold = async ({ number, first, end }: (typeof groups)[number]): Promise<Float32Array> => {
    if (held?.number === number) return held.data;
    held = undefined;
    const lists = await readLists(file, list, { path, group: number, first, end });
    dimensions ||= lists.find(({ length }) => length > 0)?.length ?? 0;
    const data = new Float32Array(lists.length * dimensions).fill(Number.NaN);
    for (const [i, numbers] of lists.entries()) {
      if (numbers.length === dimensions) data.set(numbers, i * dimensions);
      else problems.set(first + i, describeLength(numbers.length, dimensions));
    }
    held = { number, data };
    return data;
  };
  for (const group of groups) {
    if (dimensions > 0) break;
    await hold(group);
  }
  if (dimensions === 0)
    throw new InputError(
      { path },
      `has no vector in its column "${list.name}": all its lists are empty or null.`,
    );
  return {
    rows,
    dimensions,
    read: async (start, end) => {
      const values = new Float32Array((end - start) * dimensions);
      for (const group of groups) {
        const [from, to] = [Math.max(start, group.first), Math.min(end, group.end)];
        if (from >= to) continue;
        const data = await hold(group);
        const taken = data.subarray((from - group.first) * dimensions, (to - group.first) * dimensions);
        values.set(taken, (from - start) * dimensions);
      }
      return values;
    },
    problemOf: (row) => problems.get(row),
    [Symbol.asyncDispose]: () => {
      held = undefined;
      return file[Symbol.asyncDispose]();
    },
  };
}

function describeLength(length: number, dimensions: number): string {
  return length === 0
    ? "is empty or null"
    : `has ${length} numbers, where the first vector has ${dimensions}`;
}

/** The library makes plain lists of a whole row group's numbers: 8 bytes each, twice while they grow. */
const BYTES_A_NUMBER = 24;

interface GroupPlace {
  path: string;
  group: number;
  first: number;
  end: number;
}

async function readLists(
  file: ParquetFile,
  list: ListColumn,
  { path, group, first, end }: GroupPlace,
): Promise<Float32Array[]> {
  const values = file.valuesIn(list, group);
  if (values * BYTES_A_NUMBER > getHeapStatistics().heap_size_limit)
    throw new InputError(
      { path },
      `row group ${group + 1} has ${values} numbers in "${list.name}", too many to be held at once.`,
      {
        advice:
          "Write it with smaller row groups (pyarrow: row_group_size=10000), or give Node a larger heap.",
      },
    );
  const fail = (cause?: unknown) => {
    throw new InputError({ path }, describeUnread({ group, first: first + 1, to: end }, cause), {
      advice: "Make the file again.",
      cause,
    });
  };
  const found = await file.readLists(list, first, end).catch(fail);
  return found.length === end - first
    ? found.map(toNumbers)
    : fail(new Error(`it has ${found.length} rows of ${end - first}`));
}

/** The numbers of a list, out of the lists that a schema wraps it in; a null is no number. */
const toNumbers = (list: unknown) =>
  Float32Array.from(
    (Array.isArray(list) ? list : [list]).flat(Number.POSITIVE_INFINITY),
    (value) => value ?? Number.NaN,
  );
