import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { InputError, OptionError } from "../../errors.js";
import { areaUnderCurve } from "../../evaluate/auc.js";
import { bootstrapValue } from "../../evaluate/bootstrap.js";
import type { PairInput, ReadPairsOptions } from "../../read/pairs/read-pairs.js";
import { nameOfPairs, pairsOf } from "../../steps/bitexts/pairs-of.js";
import { readField } from "../../text/field.js";
import type { Pair, PairSource } from "../../types/bitexts.js";
import { option, say } from "../../wording.js";
import type { Report } from "./report.js";

/** Where a bitext's labels stand, and how it is read. */
export interface LabelsOptions {
  /** tsv: the column of the labels, from 1: 1 for a good pair, 0 for a bad one. */
  labelColumn?: number;
  /** jsonl, json, parquet and pairs in memory: the path to the labels, such as `meta.good`: 1 or true, 0 or false. */
  labelField?: string;
  /** How pairs and their scores are read. */
  read?: Omit<ReadPairsOptions, "signal">;
  /** Add a 95 % bootstrap interval. @default false */
  confidence?: boolean;
  /** Ends the reading with the signal's reason. */
  signal?: AbortSignal;
}

/** The names of `LabelsOptions`. */
export const LABELS_OPTIONS: OptionNames<LabelsOptions> = {
  labelColumn: true,
  labelField: true,
  read: true,
  confidence: true,
  signal: true,
};

/**
 * How well the scores of a bitext tell good pairs from bad ones, by labels that somebody gave: the area under the ROC
 * curve. Pairs without a score are left out and counted.
 *
 * @param bitext a file, two of Moses, a stream; or pairs in memory, in any iterable
 * @throws OptionError, InputError
 */
export async function evaluateLabels(
  bitext: PairInput | PairSource,
  options: LabelsOptions,
): Promise<Report> {
  refuseUnknown("evaluateLabels", options, LABELS_OPTIONS);
  const { labelColumn, labelField, read, confidence, signal } = options;
  if ((labelColumn === undefined) === (labelField === undefined))
    throw new OptionError(
      say`Expected one of ${option("labelColumn")} and ${option("labelField")}, found ${labelColumn === undefined ? "neither" : "both"}.`,
      { advice: "Name the column of the labels in TSV, or their field in JSON lines." },
    );
  const path = nameOfPairs(bitext);
  const scores: number[] = [];
  const labels: boolean[] = [];
  let unscored = 0;
  for await (const batch of pairsOf(bitext, { ...read, signal })) {
    for (const pair of batch) {
      if (pair.score === undefined || Number.isNaN(pair.score)) unscored++;
      else {
        scores.push(pair.score);
        labels.push(readLabel(pair, options, path));
      }
    }
  }
  const positives = labels.filter(Boolean).length;
  if (positives === 0 || positives === labels.length) {
    const problem = `has ${positives} scored pairs labelled 1 and ${labels.length - positives} labelled 0; both are needed.`;
    throw new InputError({ path }, problem);
  }
  const areaOf = (sample: number[]) =>
    areaUnderCurve(
      sample.map((i) => scores[i]),
      sample.map((i) => labels[i]),
    );
  const interval = confidence ? bootstrapValue(scores.length, areaOf) : undefined;
  return {
    columns: ["AUC"],
    rows: [{ name: path, figures: { AUC: { value: areaUnderCurve(scores, labels), interval } } }],
    conditions: { metric: "auc", pairs: scores.length, positives, unscored },
  };
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
