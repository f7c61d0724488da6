import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { RowSums } from "../../embed/row-sums.js";
import { InputError } from "../../errors.js";
import {
  type DistinctRows,
  infoPath,
  readVectorsInfo,
  type VectorsInfo,
} from "../../store/arrays/vectors-file.js";
import { option, say } from "../../wording.js";
import { checkAll, checkSame, type DescribedPart } from "./check-parts.js";
import { partsOf } from "./parts.js";

/** The files of vectors that a name stands for, where they describe themselves: in the order of their rows. */
export function describedFiles(name: string): readonly string[] {
  const paths = partsOf(name);
  if (paths.length === 1) return paths;
  const numberOf = (path: string) => (existsSync(infoPath(path)) ? readVectorsInfo(path).part?.number : 0);
  const numbers = new Map(paths.map((path) => [path, numberOf(path) ?? 0]));
  return [...paths].sort((a, b) => numbers.get(a)! - numbers.get(b)!);
}

/**
 * What the parts of a text's vectors tell of all of it.
 *
 * @param paths in the order of their rows
 * @throws InputError if one is no part or of other vectors than the first; or if some are missing, or there twice
 */
export function joinInfos(paths: readonly string[]): Omit<VectorsInfo, "mean"> {
  refuseNoParts(paths);
  const parts = paths.map((path) => ({ path, info: partInfo(path, paths) }));
  const [first] = parts;
  for (const part of parts) checkSame(part, first);
  checkAll(parts);
  const { mean: _, part, text, sentences, distinct: __, sums: ___, ...info } = first.info;
  const lines = parts.flatMap((one) => one.info.sentences?.lines ?? []);
  return {
    ...info,
    rows: part.rows,
    text: text && { ...text, path: resolve(dirname(first.path), text.path) },
    sentences: sentences && lines.length === parts.length ? { ...sentences, lines } : undefined,
    distinct: joinDistinct(parts),
  };
}

function joinDistinct(parts: readonly DescribedPart[]): DistinctRows | undefined {
  const [{ info: first }] = parts;
  const sums = new RowSums(first.dimensions, first.blocks);
  const zeros: number[] = [];
  for (const { info } of parts) {
    if (!info.distinct) return undefined;
    sums.addKept(info.distinct.sums);
    for (const row of info.distinct.zeros) zeros.push(info.part.first + row);
  }
  return { sums: sums.keep(), zeros };
}

/** @throws InputError if none is a part, as in a run folder */
function refuseNoParts(paths: readonly string[]): void {
  if (paths.some((path) => existsSync(infoPath(path)) && readVectorsInfo(path).part)) return;
  throw new InputError(
    { path: dirname(paths[0]) },
    `${paths.length} files (.npy) in it are meant, and none has the vectors of a part of a text.`,
    { advice: say`Name one file, or all that were embedded with ${option("part")}.` },
  );
}

function partInfo(path: string, paths: readonly string[]): DescribedPart["info"] {
  if (!existsSync(infoPath(path)))
    throw new InputError({ path }, `has no description (.npy.json), but others of its parts have one.`, {
      advice: say`Give parts that were embedded with ${option("part")}, or files that all have none.`,
    });
  const { part, ...info } = readVectorsInfo(path);
  if (part) return { ...info, part };
  throw new InputError(
    { path },
    `is the vectors of a whole text, but was given with ${othersOf(path, paths)}.`,
    {
      advice: "Give it alone.",
    },
  );
}

const othersOf = (path: string, paths: readonly string[]) =>
  paths.length === 2 ? paths.find((other) => other !== path) : `${paths.length - 1} others`;
