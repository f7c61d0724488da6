import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { InputError, OptionError } from "../../errors.js";
import { areaUnderCurve } from "../../evaluate/auc.js";
import { bootstrapValue } from "../../evaluate/bootstrap.js";
import type { JobListeners } from "../../events.js";
import type { PairInput, ReadPairsOptions } from "../../read/pairs/read-pairs.js";
import { nameOfPairs, pairsOf } from "../../steps/bitexts/pairs-of.js";
import { Skips } from "../../steps/bitexts/skips.js";
import { readField } from "../../text/field.js";
import type { Pair, PairSource } from "../../types/bitexts.js";
import { option, say } from "../../wording.js";
import { BandCounter, hasBands } from "./judged-bands.js";
import type { Report } from "./report.js";

/** Where a bitext's labels stand, and how it is read. */
export interface LabelsOptions extends JobListeners {
  /**
   * tsv: the column of the labels, from 1: 1 for a good pair, 0 for a bad one.
   * @default where neither is given, that of the answers that a report saved
   */
  labelColumn?: number;
  /** jsonl, json, parquet and pairs in memory: the path to the labels, such as `meta.good`: 1 or true, 0 or false. */
  labelField?: string;
  /** How pairs and their scores are read. */
  read?: Omit<ReadPairsOptions, "signal" | "onSkip">;
  /** Add a 95 % bootstrap interval. @default false */
  confidence?: boolean;
}

/** The names of `LabelsOptions`. */
export const LABELS_OPTIONS: OptionNames<LabelsOptions> = {
  labelColumn: true,
  labelField: true,
  read: true,
  confidence: true,
  signal: true,
  onEvent: true,
};

/**
 * How well the scores of a bitext tell good pairs from bad ones, by labels that somebody gave: the area under the ROC
 * curve. Of what was judged on the page of a report also the precision: of each band of scores, and of all its pairs, each
 * band weighing what it has pairs. Pairs without a score, and what cannot be read, are left out and counted.
 *
 * @param bitext a file, two of Moses, a stream; or pairs in memory, in any iterable
 * @throws OptionError, InputError
 */
export async function evaluateLabels(
  bitext: PairInput | PairSource,
  options: LabelsOptions,
): Promise<Report> {
  refuseUnknown("evaluateLabels", options, LABELS_OPTIONS);
  const { labelColumn, labelField, read, confidence, signal, onEvent } = options;
  if (labelColumn !== undefined && labelField !== undefined) throw notOne("both");
  const path = nameOfPairs(bitext);
  const scores: number[] = [];
  const labels: boolean[] = [];
  const bands = new BandCounter(path);
  const isNamed = labelColumn !== undefined || labelField !== undefined;
  let isOfReport = false;
  let unscored = 0;
  const skips = new Skips(onEvent);
  const reading = { onNote: onEvent, ...read, signal, onSkip: skips.onSkip };
  for await (const batch of pairsOf(bitext, reading)) {
    for (const pair of batch) {
      isOfReport ||= !isNamed && hasBands(pair);
      if (!isNamed && !isOfReport) throw notOne("neither");
      if (pair.score === undefined || Number.isNaN(pair.score)) unscored++;
      else {
        const label = isOfReport ? bands.add(pair) : readLabel(pair, options, path);
        scores.push(pair.score);
        labels.push(label);
      }
    }
  }
  if (!isNamed && !isOfReport) throw notOne("neither");
  const positives = labels.filter(Boolean).length;
  const hasBoth = positives > 0 && positives < labels.length;
  if (!hasBoth && !isOfReport) {
    const problem = `has ${positives} scored pairs labelled 1 and ${labels.length - positives} labelled 0; both are needed.`;
    throw new InputError({ path }, problem);
  }
  const areaOf = (sample: number[]) =>
    areaUnderCurve(
      sample.map((i) => scores[i]),
      sample.map((i) => labels[i]),
    );
  const interval = confidence && hasBoth ? bootstrapValue(scores.length, areaOf) : undefined;
  const area = hasBoth ? { AUC: { value: areaUnderCurve(scores, labels), interval } } : undefined;
  const counts = {
    pairs: scores.length,
    positives,
    unscored,
    ...(skips.count > 0 && { skipped: skips.count }),
  };
  if (isOfReport) return bands.report(area, counts);
  return {
    columns: ["AUC"],
    rows: [{ name: path, figures: { ...area } }],
    conditions: { metric: "auc", ...counts },
  };
}

function notOne(found: "neither" | "both"): OptionError {
  return new OptionError(
    say`Expected one of ${option("labelColumn")} and ${option("labelField")}, found ${found}.`,
    {
      advice:
        "Name the column of the labels in TSV, or their field in JSON lines; only what a report saved needs neither.",
    },
  );
}

function readLabel(pair: Pair, { labelColumn, labelField }: LabelsOptions, path: string) {
  const { row, record, line } = pair;
  const value = record?.value ?? (row ? undefined : pair);
  const found =
    labelColumn === undefined ? readField(value, labelField!) : row?.cells[labelColumn - 1]?.trim();
  if (found === true || found === 1 || found === "1") return true;
  if (found === false || found === 0 || found === "0") return false;
  const where = labelColumn === undefined ? `field "${labelField}"` : `column ${labelColumn}`;
  const what = found === undefined ? "is missing" : `is ${JSON.stringify(found)}`;
  throw new InputError({ path, line }, `${where} ${what}; expected a label, 1 or 0.`);
}
