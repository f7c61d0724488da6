import { InputError } from "../../errors.js";
import type { VectorsInfo, VectorsPart } from "../../store/arrays/vectors-file.js";
import { option, say } from "../../wording.js";

/** A file of vectors that `embed` made of a part of a text. */
export interface DescribedPart {
  path: string;
  info: VectorsInfo & { part: VectorsPart };
}

/** @throws InputError that says what is another */
export function checkSame({ path, info }: DescribedPart, first: DescribedPart): void {
  const different = (what: string, now: string | number, there: string | number, advice: string) =>
    new InputError({ path }, `is of ${what} ${now}, but ${first.path} is of ${there}.`, { advice });
  if (info.part.of !== first.info.part.of)
    throw different("parts", info.part.of, first.info.part.of, "Give the parts of one text.");
  if (info.text?.hash !== first.info.text?.hash || info.part.rows !== first.info.part.rows)
    throw new InputError({ path }, `is not of the same text as ${first.path}.`, {
      advice: "Give the parts of one text.",
    });
  for (const name of ["space", "prompt", "language", "task", "dimensions"] as const)
    if (info[name] !== first.info[name])
      throw different(name, `${info[name]}`, `${first.info[name]}`, "Embed all parts with one encoder.");
}

/** @throws InputError unless each part is there once, and their rows are one after the other */
export function checkAll(parts: readonly DescribedPart[]): void {
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
