import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { meanReciprocalRank, ranksOfPartners, recallAt } from "../../evaluate/ranks.js";
import type { TextSource } from "../../read/input.js";
import {
  nameVectorsBeside,
  VECTORS_BESIDE_OPTIONS,
  type VectorsBesideOptions,
} from "../../steps/vectors/vectors-beside.js";
import type { Margin } from "../../types/pairs.js";
import { readAlignedVectors } from "./aligned-vectors.js";
import { ALIGNED_READING, type AlignedReading, embedAligned, readAligned } from "./lines.js";
import {
  EVALUATE_OPTIONS,
  type EvaluateOptions,
  openEncoders,
  promptOf,
  refuseCache,
} from "./open-encoders.js";
import { figureOf, unitsOf } from "./rate.js";
import type { Report } from "./report.js";
import { neighbourhoodOf, searchClosedSet } from "./search-closed-set.js";

/** The encoder of an evaluation on translated lines, and how its cosines count. */
export interface AlignedOptions extends EvaluateOptions, AlignedReading, VectorsBesideOptions {
  /** @default "ratio" */
  margin?: Margin;
  /** @default 4 */
  k?: number;
}

/** The names of `AlignedOptions`. */
export const ALIGNED_OPTIONS: OptionNames<AlignedOptions> = {
  ...EVALUATE_OPTIONS,
  ...ALIGNED_READING,
  ...VECTORS_BESIDE_OPTIONS,
  margin: true,
  k: true,
};

/**
 * xsim: the share of lines whose best by margin, among their k nearest, is not their own translation (LASER's measure).
 *
 * @param source @param target files whose lines translate each other, or arrays of lines; whatever `mine` takes as texts
 */
export async function evaluateXsim(
  source: TextSource,
  target: TextSource,
  options: AlignedOptions = {},
): Promise<Report> {
  refuseUnknown("evaluateXsim", options, ALIGNED_OPTIONS);
  const { margin = "ratio" } = options;
  const { vectors, conditions } = await embedFiles(source, target, options);
  const neighbourhood = neighbourhoodOf(options.k, vectors.centre);
  const { margin: chosen } = await searchClosedSet(vectors.source, vectors.target, {
    ...options,
    margin,
    ...neighbourhood,
  });
  const row = (name: string, hits: boolean[]) => ({
    name,
    figures: { xsim: figureOf(unitsOf(hits.map((hit) => !hit)), options.confidence) },
  });
  return {
    columns: ["xsim"],
    rows: [row("source→target", chosen.forward), row("target→source", chosen.backward)],
    conditions: { metric: "xsim", ...conditions, margin, k: neighbourhood.k },
  };
}

/** recall@1, @5, @10 and mean reciprocal rank of each line's own translation among all lines, by cosine. Texts are as `evaluateXsim` takes them. */
export async function evaluateRetrieval(
  source: TextSource,
  target: TextSource,
  options: EvaluateOptions & AlignedReading & VectorsBesideOptions = {},
): Promise<Report> {
  refuseUnknown("evaluateRetrieval", options, {
    ...EVALUATE_OPTIONS,
    ...ALIGNED_READING,
    ...VECTORS_BESIDE_OPTIONS,
  });
  const { vectors, conditions } = await embedFiles(source, target, options);
  const row = (name: string, ranks: Float64Array) => {
    const recalls = [1, 5, 10].map((k) => {
      const hits = unitsOf(Array.from(ranks, (rank) => rank <= k));
      return [`recall@${k}`, { ...figureOf(hits, options.confidence), value: recallAt(ranks, k) }] as const;
    });
    const reciprocals = Array.from(ranks, (rank) => ({ numerator: 1 / rank, denominator: 1 }));
    const MRR = { ...figureOf(reciprocals, options.confidence), value: meanReciprocalRank(ranks) };
    return { name, figures: { ...Object.fromEntries(recalls), MRR } };
  };
  return {
    columns: ["recall@1", "recall@5", "recall@10", "MRR"],
    rows: [
      row("source→target", ranksOfPartners(vectors.source, vectors.target)),
      row("target→source", ranksOfPartners(vectors.target, vectors.source)),
    ],
    conditions: { metric: "retrieval", ...conditions },
  };
}

async function embedFiles(
  source: TextSource,
  target: TextSource,
  options: EvaluateOptions & AlignedReading & VectorsBesideOptions,
) {
  const given = nameVectorsBeside(options);
  const lines = await readAligned(source, target, options);
  const sentences = lines.source.length;
  if (given) {
    refuseCache(options);
    const names = { source: nameOf(source, "the source"), target: nameOf(target, "the target") };
    const vectors = await readAlignedVectors(lines, given, { ...options, names });
    return { vectors, conditions: { encoder: vectors.space, centre: vectors.centre, sentences } };
  }
  await using encoders = await openEncoders(options);
  const { encoder } = encoders;
  const vectors = await embedAligned(lines, encoder, options);
  const conditions = {
    encoder: vectors.space,
    centre: vectors.centre,
    ...promptOf(encoder),
    sentences,
  };
  return { vectors, conditions };
}

const nameOf = (source: TextSource, otherwise: string) => (typeof source === "string" ? source : otherwise);
