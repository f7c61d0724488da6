import { InputError } from "../../errors.js";
import { reportFaults } from "../faults.js";
import type { Input } from "../input.js";
import { readLines } from "../lines.js";
import { openInput } from "../open.js";

/** An alignment as a file has it: numbers of sentences from 0, and the line that it stands on. */
export interface ReadAlignment {
  source: number[];
  target: number[];
  /** From 1. */
  line: number;
}

const VECALIGN = /^\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]\s*(?::.*)?$/;
const RUNG = /^\d+\t\d+(?:\t\S*)?$/;
const LINES = /^(\d+)(?:-(\d+))?$/;

/**
 * Reads the alignments of a document: `[0, 1]:[0]:0.12` as Vecalign and Bleualign write them; hunalign's ladder
 * (`0⇥0⇥0.3`, each row where an alignment begins); or the TSV of `align`, by its line numbers. Blank lines are passed over.
 *
 * @throws InputError for a line that is none of them
 */
export async function readAlignments(
  input: Input,
  name: string,
  signal?: AbortSignal,
): Promise<ReadAlignment[]> {
  const found: ReadAlignment[] = [];
  let rung: { source: number; target: number } | undefined;
  const report = reportFaults({});
  for await (const batch of readLines(openInput(input, name, signal), name, report))
    for (const { text, line } of batch) {
      if (text.trim() === "") continue;
      const next = RUNG.test(text) ? parseRung(text) : undefined;
      if (next) {
        if (rung) found.push({ ...between(rung, next, { path: name, line }), line });
        rung = next;
        continue;
      }
      const alignment = parseVecalign(text) ?? parseTsv(text);
      if (alignment) found.push({ ...alignment, line });
      else if (!isHeader(text, line)) throw new InputError({ path: name, line }, EXPECTED);
    }
  return found;
}

const EXPECTED =
  "is no alignment; expected [0, 1]:[0] as Vecalign writes it, a row of hunalign's ladder, or one of the TSV of align.";

const isHeader = (text: string, line: number) => line === 1 && text.startsWith("score\t");

function parseVecalign(text: string): { source: number[]; target: number[] } | undefined {
  const match = VECALIGN.exec(text);
  return match ? { source: numbersOf(match[1]), target: numbersOf(match[2]) } : undefined;
}

const numbersOf = (text: string) =>
  text
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(Number);

function parseRung(text: string): { source: number; target: number } {
  const [source, target] = text.split("\t").map(Number);
  return { source, target };
}

function between(
  from: { source: number; target: number },
  to: { source: number; target: number },
  place: { path: string; line: number },
): { source: number[]; target: number[] } {
  if (to.source < from.source || to.target < from.target)
    throw new InputError(place, "goes back; expected the rungs of a ladder in order.");
  return { source: range(from.source, to.source), target: range(from.target, to.target) };
}

/** `score⇥source⇥target⇥cost⇥source lines⇥target lines`, lines from 1. */
function parseTsv(text: string): { source: number[]; target: number[] } | undefined {
  const cells = text.split("\t");
  const [source, target] = [LINES.exec(cells[4] ?? ""), LINES.exec(cells[5] ?? "")];
  return source && target ? { source: spanOf(source), target: spanOf(target) } : undefined;
}

const spanOf = ([, first, last = first]: RegExpExecArray) => range(Number(first) - 1, Number(last));

const range = (first: number, end: number) =>
  Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
