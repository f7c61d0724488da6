import { refuseUnknown } from "../../check-options.js";
import { inLanguages } from "../../embed/languages.js";
import { DEFAULT_K } from "../../steps/neighbours/k.js";
import { ALIGNED_OPTIONS, type AlignedOptions } from "./aligned.js";
import { type AlignedFolderOptions, FOLDER_OPTIONS, findAlignedSets } from "./folders/aligned-sets.js";
import {
  VECTORS_FOLDER_OPTIONS,
  type VectorsFolderOptions,
  vectorsOfSets,
} from "./folders/vectors-folder.js";
import { embedAligned } from "./lines.js";
import { openEncoders, promptOf, refuseLanguages } from "./open-encoders.js";
import { figuresOf, type Measured, meanFigure, measure, unitsOf } from "./rate.js";
import type { Report } from "./report.js";
import { neighbourhoodOf, searchClosedSet } from "./search-closed-set.js";

const { sourceVectors: _source, targetVectors: _target, ...ALIGNED } = ALIGNED_OPTIONS;
const OPTIONS = { ...ALIGNED, ...FOLDER_OPTIONS, ...VECTORS_FOLDER_OPTIONS };

/**
 * xsim over a folder of texts that are named by language, such as FLORES+ or NTREX-128: a row a language against the
 * pivot, or a row every two languages, in both directions; then their mean.
 */
export async function evaluateXsimFolder(
  folder: string,
  options: Omit<AlignedOptions, "sourceVectors" | "targetVectors"> &
    AlignedFolderOptions &
    VectorsFolderOptions = {},
): Promise<Report> {
  refuseUnknown("evaluateXsimFolder", options, OPTIONS);
  const given = vectorsOfSets(folder, options);
  refuseLanguages(folder, options);
  const { margin = "ratio", k = DEFAULT_K, onEvent = () => {} } = options;
  const { sets, pivot, split, sameLines } = await findAlignedSets(folder, options);
  await using encoders = given ? undefined : await openEncoders(options);
  const y = pivot ?? "y";
  const columns = [`xsim x→${y}`, `xsim ${y}→x`];
  const rows: { name: string; measured: Record<string, Measured> }[] = [];
  let [sentences, space, centre] = [0, "", false];
  for (const [done, set] of sets.entries()) {
    onEvent({ kind: "progress", stage: "xsim", done, total: sets.length, unit: "languages" });
    const lines = await set.read(options);
    const { source, target, ...how } = await (given?.(set, lines) ??
      embedAligned(lines, inLanguages(encoders!.encoder, { source: set.x, target: set.y }), options));
    const { margin: chosen } = await searchClosedSet(source, target, {
      ...options,
      margin,
      ...neighbourhoodOf(options.k, how.centre),
    });
    const [forward, backward] = [chosen.forward, chosen.backward].map((hits) =>
      measure(unitsOf(hits.map((hit) => !hit)), options.confidence),
    );
    rows.push({
      name: pivot === undefined ? `${set.x}–${set.y}` : set.x,
      measured: { [columns[0]]: forward, [columns[1]]: backward },
    });
    [sentences, space, centre] = [sentences + lines.source.length, how.space, how.centre];
  }
  const mean = {
    name: `mean of ${rows.length}`,
    figures: Object.fromEntries(
      columns.map((column) => [
        column,
        meanFigure(
          rows.map(({ measured }) => measured[column]),
          rows.map((_, row) => (sameLines ? 0 : row)),
        ),
      ]),
    ),
  };
  const conditions = {
    metric: "xsim",
    ...(split !== undefined && { split }),
    ...(pivot !== undefined && { pivot }),
    encoder: space,
    centre,
    ...promptOf(encoders?.encoder),
    sentences,
    margin,
    k,
  };
  const told = rows.map(({ name, measured }) => ({ name, figures: figuresOf(measured) }));
  return { columns, rows: rows.length > 1 ? [...told, mean] : told, conditions };
}
