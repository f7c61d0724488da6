import { type OptionNames, refuseUnknown } from "../../check-options.js";
import { checkOneOf } from "../../check-values.js";
import { OptionError } from "../../errors.js";
import type { TextSource } from "../../read/input.js";
import type { Pair } from "../../types/bitexts.js";
import { option, say } from "../../wording.js";
import { formatLines, formatVecalign, Ladder } from "../../write/alignments.js";
import { toField } from "../../write/field.js";
import { isTwo, openPairs, type PairOutput, settleFormat } from "../../write/pairs/open-pairs.js";
import { openText } from "../../write/text-sink.js";
import { align } from "./align.js";
import { ALIGN_OPTIONS, type AlignedSentences, type AlignOptions, type AlignSummary } from "./options.js";
import { type AlignmentSink, bitextSink, writeWithRest } from "./write-with-rest.js";

/** How alignments can be written. */
export const ALIGNMENT_FORMATS = ["tsv", "jsonl", "tmx", "moses", "vecalign", "ladder"] as const;

/** How alignments are written: as a bitext; as Vecalign does, by line numbers; or as hunalign's ladder. */
export type AlignmentFormat = (typeof ALIGNMENT_FORMATS)[number];

/** How two documents are aligned, and how that is written. */
export interface WriteAlignmentsOptions extends Omit<AlignOptions, "onSummary"> {
  /** How alignments are written. @default moses for two outputs; else by the suffix, as a bitext; else tsv */
  format?: AlignmentFormat;
  /** tmx: the languages of source and target. */
  languages?: readonly [source: string, target: string];
  /** tsv: begin with the names of the columns. @default false */
  header?: boolean;
  /** A file for the sentences that stand alone: `source` or `target`, the line, the sentence. @default none */
  rest?: string;
}

const { onSummary: _onSummary, ...OPTIONS } = ALIGN_OPTIONS;

/** The names of `WriteAlignmentsOptions`. */
export const WRITE_ALIGNMENTS_OPTIONS: OptionNames<WriteAlignmentsOptions> = {
  ...OPTIONS,
  format: true,
  languages: true,
  header: true,
  rest: true,
};

/**
 * Aligns the sentences of two documents, as `align` does, and writes what translates each other. Vecalign's format and the
 * ladder have the sentences that stand alone, too. Files appear whole under their names or not at all.
 *
 * TSV has cosine, both texts, the cost, and the lines of both sides, from 1.
 *
 * @throws OptionError, InputError, ModelError, OutputError; the signal's reason when it aborts
 */
export async function writeAlignments(
  source: TextSource,
  target: TextSource,
  output: PairOutput,
  options: WriteAlignmentsOptions = {},
): Promise<AlignSummary> {
  refuseUnknown("writeAlignments", options, WRITE_ALIGNMENTS_OPTIONS);
  const { format, languages, header, rest, ...choices } = options;
  const { signal } = options;
  if (format !== undefined) checkOneOf("format", format, ALIGNMENT_FORMATS);
  await using sink = openSink(output, options);
  let summary: AlignSummary | undefined;
  const onSummary = (counts: AlignSummary) => {
    summary = counts;
  };
  const alignments = align(source, target, { ...choices, onSummary });
  await writeWithRest(alignments, sink, { rest, formatAlone, signal });
  return summary!;
}

function openSink(output: PairOutput, options: WriteAlignmentsOptions): AlignmentSink<AlignedSentences> {
  const { format, languages, header, signal } = options;
  if (format !== "vecalign" && format !== "ladder") {
    const settled = settleFormat(output, { format, languages, header });
    return bitextSink(openPairs(output, { format: settled, languages, header, signal }), pairOf);
  }
  refuseBitextOptions(output, options);
  const text = openText(output as Exclude<PairOutput, readonly [string, string]>, signal);
  const ladder = new Ladder();
  const write = format === "ladder" ? (one: AlignedSentences) => ladder.format(one) : formatVecalign;
  return {
    write: (alignments) => text.write(alignments.map(write).join("")),
    finish: async () => {
      if (format === "ladder") await text.write(ladder.end());
      await text.finish();
    },
    [Symbol.asyncDispose]: () => text[Symbol.asyncDispose](),
  };
}

function refuseBitextOptions(
  output: PairOutput,
  { format, languages, header }: WriteAlignmentsOptions,
): void {
  if (isTwo(output))
    throw new OptionError(`Two outputs are named, but ${format} is one file.`, {
      advice: "Name one output.",
    });
  const given = languages ? "languages" : header ? "header" : undefined;
  if (given === undefined) return;
  throw new OptionError(say`${option(given)} is for bitexts, but ${format} has numbers of lines alone.`, {
    advice: "Leave it out.",
  });
}

function pairOf({ source, target, cosine, cost, sourceLines, targetLines }: AlignedSentences): Pair {
  return {
    source,
    target,
    score: cosine,
    line: sourceLines[0],
    added: {
      cost,
      sourceLines: formatLines(sourceLines),
      targetLines: formatLines(targetLines),
    },
  };
}

function formatAlone({ source, target, sourceLines, targetLines }: AlignedSentences): string {
  const [side, line, text] =
    source !== "" ? ["source", sourceLines[0], source] : ["target", targetLines[0], target];
  return `${side}\t${line}\t${toField(text)}\n`;
}
