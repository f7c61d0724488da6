import { type OptionNames, refuseUnknown } from "../../check-options.js";
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

/** Alignments that are formatted at once. */
const BATCH = 1024;

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
  await using sink = openSink(output, options);
  await using alone = rest === undefined ? undefined : openText(rest, options.signal);
  let summary: AlignSummary | undefined;
  let batch: AlignedSentences[] = [];
  const flush = async () => {
    await sink.write(batch);
    await alone?.write(batch.map(formatAlone).join(""));
    batch = [];
  };
  const listen = (counts: AlignSummary) => {
    summary = counts;
  };
  for await (const alignment of align(source, target, { ...choices, onSummary: listen })) {
    batch.push(alignment);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  await alone?.complete();
  await sink.finish();
  await alone?.finish();
  return summary!;
}

interface AlignmentSink extends AsyncDisposable {
  write(alignments: readonly AlignedSentences[]): Promise<void>;
  finish(): Promise<void>;
}

function openSink(output: PairOutput, options: WriteAlignmentsOptions): AlignmentSink {
  const { format, languages, header, signal } = options;
  if (format !== "vecalign" && format !== "ladder") {
    const settled = settleFormat(output, { format, languages, header });
    const pairs = openPairs(output, { format: settled, languages, header, signal });
    return {
      write: (alignments) => pairs.write(alignments.filter(hasBoth).map(pairOf)),
      finish: () => pairs.finish(),
      [Symbol.asyncDispose]: () => pairs[Symbol.asyncDispose](),
    };
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

const hasBoth = ({ source, target }: AlignedSentences) => source !== "" && target !== "";

function pairOf({ source, target, cosine, cost, sourceLines, targetLines }: AlignedSentences): Pair {
  return {
    source,
    target,
    score: cosine,
    line: sourceLines[0],
    added: {
      // Always with decimals: 1 would be written as a whole number.
      cost: cost.toFixed(6),
      "source-lines": formatLines(sourceLines),
      "target-lines": formatLines(targetLines),
    },
  };
}

function formatAlone(alignment: AlignedSentences): string {
  if (hasBoth(alignment)) return "";
  const { source, target, sourceLines, targetLines } = alignment;
  const [side, line, text] =
    source !== "" ? ["source", sourceLines[0], source] : ["target", targetLines[0], target];
  return `${side}\t${line}\t${toField(text)}\n`;
}
