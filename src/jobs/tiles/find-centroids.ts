import { refuseUnknown } from "../../check-options.js";
import { checkWhole } from "../../check-values.js";
import { OptionError } from "../../errors.js";
import type { JobListeners } from "../../events.js";
import { SAMPLED_ROWS, trainCentroids } from "../../search/ivf/centroids.js";
import { countLists } from "../../steps/neighbours/indexes/ivf-effort.js";
import { prepareSides } from "../../steps/neighbours/prepare-sides.js";
import { tellForeign } from "../../steps/texts/foreign-options.js";
import { unlessChanged } from "../../store/files/file-state.js";
import { holdFolder } from "../../store/files/hold-output.js";
import { type FolderPlace, writeNewFolder } from "../../store/files/new-folder.js";
import { explainWriteError } from "../../store/files/output-error.js";
import { changesBetween } from "../../store/run/key-differences.js";
import type { Key } from "../../store/run/manifest.js";
import { option, say } from "../../wording.js";
import { checkCentroids, isCentroidFile, readCentroidFacts, writeCentroids } from "./centroid-folder.js";
import { FIND_CENTROIDS_OPTIONS, type FindCentroidsOptions } from "./centroid-options.js";
import { isKept } from "./is-kept.js";
import { sampleSide } from "./sample-side.js";
import { nameSides } from "./side-options.js";
import { openTileSides, type TileSides } from "./tile-sides.js";

/** The clusters that were found. */
export interface CentroidsSummary {
  /** How many clusters. */
  lists: number;
  /** Different vectors of both sides that were clustered. */
  sample: number;
  /** Whether they had been written before. */
  kept: boolean;
}

/**
 * Clusters a sample of both sides once for all tiles of a search by `ivf`, which `searchTile` takes as its `centroids`.
 * Without equal vectors they are the clusters that `mine` finds.
 *
 * Memory: the sample, and about 50 bytes a line.
 *
 * @param source vectors that `embedFile` made of a file, or of all its parts
 * @throws OptionError, InputError, OutputError; the signal's reason when it aborts
 */
export async function findCentroids(
  source: string,
  target: string,
  output: string,
  options: FindCentroidsOptions = {},
): Promise<CentroidsSummary> {
  refuseUnknown("findCentroids", options, FIND_CENTROIDS_OPTIONS);
  const { sample, threads, onEvent = () => {} } = options;
  checkWhole({ sample, threads });
  const sources = nameSides(source, target, options);
  tellForeign(sources, { space: options.space, onEvent });
  try {
    await using folder = await holdFolder(output);
    if (folder.entries.length > 0) await readCentroidFacts(folder.path);
    const opened = await openTileSides(sources, { ...options, onEvent });
    return await unlessChanged(opened.states, () => clusterInto(folder, opened, { ...options, onEvent }));
  } catch (error) {
    throw explainWriteError(error, output);
  }
}

type Settings = FindCentroidsOptions & Required<Pick<JobListeners, "onEvent">>;

async function clusterInto(
  folder: FolderPlace,
  opened: TileSides,
  options: Settings,
): Promise<CentroidsSummary> {
  const { path } = folder;
  const { threads, signal, onEvent } = options;
  const key = { ...opened.vectorsKey, sample: options.sample };
  const before = await knownCentroids(folder, key, onEvent);
  if (before) return { lists: before.lists, sample: before.sample, kept: true };
  await using source = await opened.open("source");
  await using target = await opened.open("target");
  const whole = prepareSides(
    opened.sides,
    { source, target },
    { centre: opened.centre, held: false, onEvent },
  );
  const rows = whole.source.vectors.rows + whole.target.vectors.rows;
  const most = countLists(whole.source.vectors.rows, whole.target.vectors.rows);
  const share = Math.min(1, sampleSize(options.sample, most) / rows);
  const [sources, targets] = [
    await sampleSide(whole.source.vectors, share),
    await sampleSide(whole.target.vectors, share),
  ];
  const sample = sources.rows + targets.rows;
  const lists = Math.min(most, sample);
  const centroids = await trainCentroids(sources, targets, {
    lists,
    threads,
    signal,
    onProgress: (done, total) =>
      onEvent({ kind: "progress", stage: "clusters", done, total, unit: "rounds" }),
  });
  const facts = { key, lists, dimensions: opened.dimensions, sample };
  await writeNewFolder(path, (staging) => writeCentroids(staging, centroids, facts), { replace: true });
  return { lists, sample, kept: false };
}

function sampleSize(sample: number | undefined, lists: number): number {
  const most = lists * SAMPLED_ROWS;
  if (sample === undefined || sample <= most) return sample ?? most;
  throw new OptionError(
    say`${option("sample")} is ${sample}; expected at most ${most}, ${SAMPLED_ROWS} for each of ${lists} clusters, beyond which they do not improve.`,
  );
}

async function knownCentroids(folder: FolderPlace, key: Key, onEvent: Settings["onEvent"]) {
  const before = await readCentroidFacts(folder.path).catch(() => undefined);
  if (!before) return undefined;
  const found = {
    what: "clusters",
    changes: changesBetween(before.key, key),
    isPart: isCentroidFile,
    check: () => checkCentroids(folder.path, before),
  };
  return (await isKept(folder, found, onEvent)) ? before : undefined;
}
