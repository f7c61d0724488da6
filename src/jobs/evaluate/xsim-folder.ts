import { refuseUnknown } from "../../check-options.js";
import { DEFAULT_K } from "../../steps/neighbours/k.js";
import { ALIGNED_OPTIONS, type AlignedOptions } from "./aligned.js";
import { type AlignedFolderOptions, FOLDER_OPTIONS, findAlignedSets } from "./folders/aligned-sets.js";
import { embedAligned } from "./lines.js";
import { openEncoders, promptOf } from "./open-encoders.js";
import { figureOf, meanFigure, unitsOf } from "./rate.js";
import type { Report } from "./report.js";
import { neighbourhoodOf, searchClosedSet } from "./search-closed-set.js";

/**
 * xsim over a folder of texts that are named by language, such as FLORES+ or NTREX-128: a row a language against the
 * pivot, or a row every two languages, in both directions; then their mean.
 */
export async function evaluateXsimFolder(
  folder: string,
  options: AlignedOptions & AlignedFolderOptions = {},
): Promise<Report> {
  refuseUnknown("evaluateXsimFolder", options, { ...ALIGNED_OPTIONS, ...FOLDER_OPTIONS });
  const { margin = "ratio", k = DEFAULT_K, onEvent = () => {} } = options;
  const { sets, pivot, split } = await findAlignedSets(folder, options);
  await using encoders = await openEncoders(options);
  const { encoder } = encoders;
  const y = pivot ?? "y";
  const columns = [`xsim x→${y}`, `xsim ${y}→x`];
  const rows: Report["rows"] = [];
  let [sentences, space, centre] = [0, encoder.space, false];
  for (const [done, set] of sets.entries()) {
    onEvent({ kind: "progress", stage: "xsim", done, total: sets.length, unit: "languages" });
    const lines = await set.read(options);
    const { source, target, ...how } = await embedAligned(lines, encoder, options);
    const { margin: chosen } = await searchClosedSet(source, target, {
      ...options,
      margin,
      ...neighbourhoodOf(options.k, how.centre),
    });
    const figures = [chosen.forward, chosen.backward].map((hits) =>
      figureOf(unitsOf(hits.map((hit) => !hit)), options.confidence),
    );
    rows.push({
      name: pivot === undefined ? `${set.x}–${set.y}` : set.x,
      figures: { [columns[0]]: figures[0], [columns[1]]: figures[1] },
    });
    [sentences, space, centre] = [sentences + lines.source.length, how.space, how.centre];
  }
  const mean = {
    name: `mean of ${rows.length}`,
    figures: Object.fromEntries(
      columns.map((column) => [column, meanFigure(rows.map(({ figures }) => figures[column]))]),
    ),
  };
  const conditions = {
    metric: "xsim",
    ...(split !== undefined && { split }),
    ...(pivot !== undefined && { pivot }),
    encoder: space,
    centre,
    ...promptOf(encoder),
    sentences,
    margin,
    k,
  };
  return { columns, rows: rows.length > 1 ? [...rows, mean] : rows, conditions };
}
