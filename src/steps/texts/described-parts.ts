import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { RowSums } from "../../embed/row-sums.js";
import { InputError } from "../../errors.js";
import {
  type DistinctRows,
  infoPath,
  readVectorsInfo,
  type VectorsInfo,
  type VectorsPart,
} from "../../store/arrays/vectors-file.js";
import { option, say } from "../../wording.js";
import { partsOf } from "./parts.js";

/** A file of vectors that `embed` made of a part of a text. */
interface DescribedPart {
  path: string;
  info: VectorsInfo & { part: VectorsPart };
}

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
  const parts = paths.map((path) => ({ path, info: partInfo(path, paths) }));
  const [first] = parts;
  for (const part of parts) checkSame(part, first);
  checkAll(parts);
  const { mean: _, part, text, sentences, distinct: __, ...info } = first.info;
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

/** @throws InputError that says what is another */
function checkSame({ path, info }: DescribedPart, first: DescribedPart): void {
  const different = (what: string, now: string | number, there: string | number, advice: string) =>
    new InputError({ path }, `is of ${what} ${now}, but ${first.path} is of ${there}.`, { advice });
  if (info.part.of !== first.info.part.of)
    throw different("parts", info.part.of, first.info.part.of, "Give the parts of one text.");
  if (info.text?.hash !== first.info.text?.hash || info.part.rows !== first.info.part.rows)
    throw new InputError({ path }, `is not of the same text as ${first.path}.`, {
      advice: "Give the parts of one text.",
    });
  for (const name of ["space", "prompt", "task", "dimensions"] as const)
    if (info[name] !== first.info[name])
      throw different(name, `${info[name]}`, `${first.info[name]}`, "Embed all parts with one encoder.");
}

/** @throws InputError unless each part is there once, and their rows are one after the other */
function checkAll(parts: readonly DescribedPart[]): void {
  const { of, rows } = parts[0].info.part;
  const known = new Map<number, DescribedPart>();
  for (const part of parts) {
    const { number } = part.info.part;
    const twin = known.get(number);
    if (twin)
      throw new InputError({ path: part.path }, `is part ${number}/${of}, and so is ${twin.path}.`, {
        advice: "Give each part once.",
      });
    known.set(number, part);
  }
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((number) => !known.has(number));
  if (missing.length > 0) throw missingParts(parts[0], missing);
  let next = 0;
  for (const { path, info } of parts) {
    if (info.part.first !== next)
      throw new InputError({ path }, `begins at row ${info.part.first}, where ${next} is the next.`, {
        advice: "Embed all parts with one version of crisscross.",
      });
    next += info.rows;
  }
  if (next !== rows)
    throw new InputError({ path: parts[0].path }, `and its other parts have ${next} rows of ${rows}.`, {
      advice: "Embed all parts with one version of crisscross.",
    });
}

const MOST_NAMED = 8;

function missingParts({ path, info: { part } }: DescribedPart, missing: readonly number[]): InputError {
  const names = missing.slice(0, MOST_NAMED).map((number) => `${number}/${part.of}`);
  const more = missing.length > MOST_NAMED ? `, and ${missing.length - MOST_NAMED} more` : "";
  const [noun, verb, it] = missing.length === 1 ? ["part", "is", "it"] : ["parts", "are", "the first"];
  return new InputError({ path }, `${noun} ${names.join(", ")}${more} of the same text ${verb} missing.`, {
    advice: say`Embed ${it} with ${option("part", names[0])}, or give it too.`,
  });
}
