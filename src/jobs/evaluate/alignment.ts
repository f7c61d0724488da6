import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { InputError, OptionError } from "../../errors.js";
import { type JudgedDocument, scoreAlignments } from "../../evaluate/alignments.js";
import type { JobListeners } from "../../events.js";
import { type ReadAlignment, readAlignments } from "../../read/alignments/read-alignments.js";
import type { Input } from "../../read/input.js";
import { warning } from "../../wording.js";
import type { Figure, Report } from "./report.js";

/** The gold alignments that alignments are compared with. */
export interface AlignmentEvaluationOptions extends JobListeners {
  /** Gold alignments, in any format that alignments are read in; as many as documents. */
  gold: Input | readonly Input[];
}

/** The names of `AlignmentEvaluationOptions`. */
export const ALIGNMENT_EVALUATION_OPTIONS: OptionNames<AlignmentEvaluationOptions> = {
  gold: true,
  signal: true,
  onEvent: true,
};

/**
 * Strict and lax precision, recall and F1 of the alignments of one document or several, as Vecalign's scorer counts them:
 * recall over the gold alignments that are neither insertions nor deletions, precision over all that were found.
 *
 * Alignments are Vecalign's `[0, 1]:[0]:0.12`, hunalign's ladder or the TSV of `align`.
 *
 * @throws OptionError; InputError for what is no alignment, and for gold that names a sentence which is not there
 */
export async function evaluateAlignment(
  found: Input | readonly Input[],
  options: AlignmentEvaluationOptions,
): Promise<Report> {
  refuseUnknown("evaluateAlignment", options, ALIGNMENT_EVALUATION_OPTIONS);
  const [ours, golds] = [listOf(found), listOf(options.gold)];
  if (ours.length !== golds.length || ours.length === 0)
    throw new OptionError(
      `${ours.length} files of alignments and ${golds.length} of gold are given; expected as many of each.`,
    );
  const documents: JudgedDocument[] = [];
  const rows: Report["rows"] = [];
  for (const [number, input] of ours.entries()) {
    const name = nameOf(input);
    const document = {
      found: await readTold(input, name, options),
      gold: await readTold(golds[number], nameOf(golds[number]), options),
    };
    refuseBeyond(document.gold, nameOf(golds[number]), document.found, name);
    documents.push(document);
    rows.push({ name, figures: figuresOf([document]) });
  }
  if (rows.length > 1) rows.push({ name: "all", figures: figuresOf(documents) });
  const count = (list: "found" | "gold") =>
    documents.reduce((sum, document) => sum + document[list].length, 0);
  return {
    columns: Object.keys(rows[0].figures),
    rows,
    conditions: { metric: "alignment-f1", found: count("found"), gold: count("gold") },
  };
}

const listOf = (input: Input | readonly Input[]): readonly Input[] =>
  Array.isArray(input) ? input : [input as Input];

const nameOf = (input: Input) => (typeof input === "string" ? input : "standard input");

function figuresOf(documents: readonly JudgedDocument[]): Record<string, Figure> {
  const { strict, lax } = scoreAlignments(documents);
  return Object.fromEntries(
    Object.entries({ strict, lax }).flatMap(([kind, { f1, precision, recall }]) => [
      [`${kind} F1`, { value: f1 }],
      [`${kind} precision`, { value: precision }],
      [`${kind} recall`, { value: recall }],
    ]),
  );
}

async function readTold(
  input: Input,
  name: string,
  { signal, onEvent = () => {} }: JobListeners,
): Promise<ReadAlignment[]> {
  const alignments = await readAlignments(input, name, signal);
  if (alignments.length === 0) throw new InputError({ path: name }, "has no alignments.");
  for (const side of ["source", "target"] as const) {
    const twice = findTwice(alignments, side);
    if (twice === undefined) continue;
    const { line, sentence } = twice;
    onEvent(
      warning(
        `${name}, line ${line}: ${side} sentence ${sentence} is in an alignment before, too; expected each in one. Both count.`,
      ),
    );
  }
  return alignments;
}

/** The first sentence that is in two alignments. */
function findTwice(
  alignments: readonly ReadAlignment[],
  side: "source" | "target",
): { line: number; sentence: number } | undefined {
  const seen = new Set<number>();
  for (const { line, [side]: sentences } of alignments)
    for (const sentence of sentences) {
      if (seen.has(sentence)) return { line, sentence };
      seen.add(sentence);
    }
  return undefined;
}

/** Gold of other documents: it names a sentence after the last one, where every one before is in an alignment. */
function refuseBeyond(
  gold: readonly ReadAlignment[],
  goldName: string,
  found: readonly ReadAlignment[],
  name: string,
): void {
  for (const side of ["source", "target"] as const) {
    const numbers = new Set(found.flatMap((alignment) => alignment[side]));
    const sentences = [...numbers].reduce((most, number) => Math.max(most, number + 1), 0);
    if (numbers.size < sentences) continue;
    for (const { line, [side]: named } of gold) {
      const beyond = named.find((number) => number >= sentences);
      if (beyond === undefined) continue;
      throw new InputError(
        { path: goldName, line },
        `names ${side} sentence ${beyond}, but ${name} has ${sentences} of them, from 0.`,
        { advice: "Give the gold alignments of the same documents." },
      );
    }
  }
}
