import { existsSync } from "node:fs";
import { type ForeignLayout, openForeign } from "../../store/arrays/foreign-vectors.js";
import { checkSeal, infoPath, openVectors } from "../../store/arrays/vectors-file.js";
import { openSum } from "../../store/files/checksum.js";
import { describedFiles, joinInfos } from "./described-parts.js";
import type { GivenFile } from "./given-file.js";
import { openParts } from "./open-parts.js";

const NOT_FINITE = "is not finite (NaN or infinite)";

/**
 * Opens vectors that were given: by their description, else by what is said of them.
 *
 * @throws InputError as `openVectors`, `openForeign` and `openListColumn`; or if the parts of one do not go together
 */
export async function openGiven({
  path,
  foreign,
}: {
  path: string;
  foreign?: ForeignLayout;
}): Promise<GivenFile> {
  if (foreign)
    return foreign.parts
      ? openParts(foreign.parts, (part) => openOne(part, foreign))
      : openOne(path, foreign);
  const files = describedFiles(path);
  for (const file of files) if (existsSync(infoPath(file))) await checkSeal(file);
  if (files.length === 1) {
    const file = await openOne(files[0]);
    if (!file.info.part) return file;
    await file[Symbol.asyncDispose]();
  }
  const info = joinInfos(files);
  const { info: _, ...parts } = await openParts(files, openOne);
  return { ...parts, info };
}

async function openOne(path: string, foreign?: ForeignLayout): Promise<GivenFile> {
  if (foreign?.parquet) return openColumn(path, foreign);
  const file = foreign ? openForeign(path, foreign) : openVectors(path, await openSum());
  return {
    info: file.info,
    read: async (start, end) => file.read(start, end),
    readNow: file.read,
    faultOf: (row) => ({ path, row: row + 1, problem: NOT_FINITE }),
    [Symbol.asyncDispose]: async () => file[Symbol.dispose](),
  };
}

async function openColumn(path: string, { space, field }: ForeignLayout): Promise<GivenFile> {
  const { openListColumn } = await import("../../read/parquet/list-column.js");
  const { rows, dimensions, problemOf, ...column } = await openListColumn(path, field);
  return {
    ...column,
    info: { space, rows, dimensions },
    faultOf: (row) => ({ path, row: row + 1, problem: problemOf(row) ?? NOT_FINITE }),
  };
}
