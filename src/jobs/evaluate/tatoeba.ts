import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { inLanguages } from "../../embed/languages.js";
import { LANGUAGE_LISTS } from "../../evaluate/language-lists.js";
import { DEFAULT_K } from "../../steps/neighbours/k.js";
import type { Encoder } from "../../types/encoder.js";
import type { Margin } from "../../types/pairs.js";
import {
  type AlignedFolderOptions,
  type AlignedSet,
  FOLDER_OPTIONS,
  findAlignedSets,
  membersOf,
} from "./folders/aligned-sets.js";
import { canonical } from "./folders/languages.js";
import {
  VECTORS_FOLDER_OPTIONS,
  type VectorsFolderOptions,
  type VectorsOfSet,
  vectorsOfSets,
} from "./folders/vectors-folder.js";
import { ALIGNED_READING, type AlignedReading, embedAligned } from "./lines.js";
import {
  COMPARED_OPTIONS,
  type ComparedOptions,
  type EvaluatedEncoders,
  openEncoders,
  promptOf,
  refuseLanguages,
} from "./open-encoders.js";
import { figuresOf, type Measured, meanFigure, measure, measureGain, unitsOf } from "./rate.js";
import type { Report } from "./report.js";
import { type ClosedSet, neighbourhoodOf, searchClosedSet } from "./search-closed-set.js";

/** The encoder, and the languages of a test set. */
export interface TatoebaOptions
  extends ComparedOptions,
    AlignedFolderOptions,
    AlignedReading,
    VectorsFolderOptions {
  /** @default "ratio" */
  margin?: Margin;
  /** @default 4 */
  k?: number;
}

/** The names of `TatoebaOptions`. */
export const TATOEBA_OPTIONS: OptionNames<TatoebaOptions> = {
  ...COMPARED_OPTIONS,
  ...FOLDER_OPTIONS,
  ...ALIGNED_READING,
  ...VECTORS_FOLDER_OPTIONS,
  margin: true,
  k: true,
};

/**
 * The Tatoeba test set (LASER's `tatoeba.XXX-eng.XXX` and `.eng`, MTEB's JSON lines), or any folder of texts named by
 * language (FLORES+, NTREX-128): closed-set accuracy, the share of lines whose
 * nearest of the other side by cosine is their own translation, by index (Artetxe & Schwenk 2019b; XTREME; CRISS); the
 * same with a margin; and xsim, the margin's error rate. A row a language, then means over the named lists that the
 * folder has whole.
 */
export async function evaluateTatoeba(folder: string, options: TatoebaOptions = {}): Promise<Report> {
  refuseUnknown("evaluateTatoeba", options, TATOEBA_OPTIONS);
  const { margin = "ratio", k = DEFAULT_K, onEvent = () => {} } = options;
  const settled = { ...options, margin };
  const given = vectorsOfSets(folder, options);
  refuseLanguages(folder, options);
  const { sets, pivot, split, sameLines } = await findAlignedSets(folder, options);
  const ends = pivot === undefined ? "y" : canonical(pivot).split("-")[0] === "en" ? "en" : pivot;
  await using encoders = given ? undefined : await openEncoders(options);
  const { encoder, other }: Partial<EvaluatedEncoders> = encoders ?? {};
  const embedBy =
    (one: Encoder): VectorsOfSet =>
    ({ x, y }, lines) =>
      embedAligned(lines, inLanguages(one, { source: x, target: y }), options);
  const vectorsOf = given ?? embedBy(encoder!);
  const rows: MeasuredRow[] = [];
  let [sentences, space, centre, otherCentre] = [0, "", false, false];
  for (const [done, set] of sets.entries()) {
    onEvent({ kind: "progress", stage: "tatoeba", done, total: sets.length, unit: "languages" });
    const ours = await evaluateSet(set, vectorsOf, settled);
    const theirs = other && (await evaluateSet(set, embedBy(other), settled));
    const gains = theirs ? gainsOf(ours.closedSet, theirs.closedSet, ends, options.confidence) : {};
    rows.push({
      name: pivot === undefined ? `${set.x}–${set.y}` : set.x,
      seed: sameLines ? 0 : done,
      measured: { ...measuresOf(ours.closedSet, ends, options.confidence), ...gains },
    });
    [sentences, space, centre] = [sentences + ours.lines, ours.space, ours.centre];
    otherCentre = theirs?.centre ?? centre;
  }
  const conditions = {
    metric: "closed-set-accuracy, xsim",
    ...(split !== undefined && { split }),
    ...(pivot !== undefined && ends !== "en" && { pivot }),
    encoder: space,
    ...(other && { against: other.space }),
    ...promptOf(encoder),
    margin,
    k,
    centre,
    ...(otherCentre !== centre && { "against centre": otherCentre }),
    sentences,
  };
  const told = rows.map(({ name, measured }) => ({ name, figures: figuresOf(measured) }));
  return { columns: Object.keys(rows[0].measured), rows: [...told, ...meansOf(rows)], conditions };
}

/** A row, and the seed by which its lines are drawn for means. */
interface MeasuredRow {
  name: string;
  seed: number;
  measured: Record<string, Measured>;
}

async function evaluateSet(
  set: AlignedSet,
  vectorsOf: VectorsOfSet,
  options: TatoebaOptions & { margin: Margin },
): Promise<{ closedSet: ClosedSet; lines: number; space: string; centre: boolean }> {
  const lines = await set.read(options);
  const { source, target, ...how } = await vectorsOf(set, lines);
  const closedSet = await searchClosedSet(source, target, {
    ...options,
    ...neighbourhoodOf(options.k, how.centre),
  });
  return { closedSet, lines: lines.source.length, ...how };
}

function measuresOf(
  { nearest, margin }: ClosedSet,
  y: string,
  confidence?: boolean,
): Record<string, Measured> {
  const figure = (hits: boolean[]) => measure(unitsOf(hits), confidence);
  return {
    [`accuracy x→${y}`]: figure(nearest.forward),
    [`accuracy ${y}→x`]: figure(nearest.backward),
    [`margin accuracy x→${y}`]: figure(margin.forward),
    [`margin accuracy ${y}→x`]: figure(margin.backward),
    [`xsim x→${y}`]: figure(margin.forward.map((hit) => !hit)),
  };
}

function gainsOf(
  ours: ClosedSet,
  theirs: ClosedSet,
  y: string,
  confidence?: boolean,
): Record<string, Measured> {
  const gain = (a: boolean[], b: boolean[]) => measureGain(unitsOf(a), unitsOf(b), confidence);
  return {
    [`gained x→${y}`]: gain(ours.nearest.forward, theirs.nearest.forward),
    [`gained ${y}→x`]: gain(ours.nearest.backward, theirs.nearest.backward),
  };
}

function meansOf(rows: readonly MeasuredRow[]): Report["rows"] {
  const lists = Object.entries({
    [`all ${rows.length}`]: rows.map(({ name }) => name),
    ...LANGUAGE_LISTS,
  });
  return lists.flatMap(([name, languages]) => {
    const members = membersOf(rows, languages);
    if (!members) return [];
    const figures = Object.keys(members[0].measured).map((column) => [
      column,
      meanFigure(
        members.map((row) => row.measured[column]),
        members.map(({ seed }) => seed),
      ),
    ]);
    return {
      name: `mean of ${/^\d+$/.test(name) ? `the ${name}` : name}`,
      figures: Object.fromEntries(figures),
    };
  });
}
