import { candidatesKey } from "../../steps/neighbours/candidates-stage.js";
import { chooseEngine, tellEngine } from "../../steps/neighbours/indexes/choose-engine.js";
import { openIndex } from "../../steps/neighbours/indexes/indexes.js";
import { boundK } from "../../steps/vectors/few-sides.js";
import { unlessChanged } from "../../store/files/file-state.js";
import { holdFolder } from "../../store/files/hold-output.js";
import { type FolderPlace, writeNewFolder } from "../../store/files/new-folder.js";
import { explainWriteError } from "../../store/files/output-error.js";
import { makeAnew } from "../../store/run/stage.js";
import type { Shard } from "../../types/shard.js";
import type { SideName } from "../../types/texts.js";
import { note, option, say } from "../../wording.js";
import { openCentroids } from "./centroid-folder.js";
import { knownTile } from "./known-tile.js";
import { planTile } from "./plan-tile.js";
import { countSentences, searchShards } from "./search-shards.js";
import { DIRECTIONS, writeLists } from "./tile-columns.js";
import { readTile, writeTileInfo } from "./tile-files.js";
import { type Tile, type TileInfo, textsBeside } from "./tile-info.js";
import { type SearchTileOptions, settleTile, type TileSettings } from "./tile-options.js";
import { openTileSides } from "./tile-sides.js";

/** The tile that was searched. */
export interface TileSummary {
  /** Which shard of each side it is of. */
  tile: Tile;
  /** Sentences of each side that were searched. */
  rows: Record<SideName, number>;
  /** Whether it had been written before. */
  kept: boolean;
}

/**
 * Searches a shard of the source against one of the target, both ways, and writes the result into a folder: what
 * `mergeTiles` makes of all these tiles is what `mine` finds with the same vectors.
 *
 * Memory: the vectors of both shards, unless `memory` is less, and about 50 bytes a line of both whole sides. Their files are read through for what
 * depends on all of them, such as their means; vectors in Parquet are held whole meanwhile.
 *
 * @param source vectors that `embedFile` made of a file, by their path (`.npy`); or another program, as for `mine`
 * @throws OptionError, InputError, IndexError, OutputError; the signal's reason when it aborts
 */
export async function searchTile(
  source: string,
  target: string,
  output: string,
  options: SearchTileOptions = {},
): Promise<TileSummary> {
  const settings = settleTile(source, target, options);
  try {
    await using folder = await holdFolder(output);
    if (folder.entries.length > 0) await readTile(folder.path);
    return await searchInto(folder, settings);
  } catch (error) {
    throw explainWriteError(error, output);
  }
}

async function searchInto(folder: FolderPlace, settings: TileSettings): Promise<TileSummary> {
  const { path } = folder;
  const { shards, guard, signal, onEvent } = settings;
  const opened = await openTileSides(settings.sources, settings);
  const { vectorsKey } = opened;
  const neighbourhood = boundK(settings, opened.centre, opened.sides);
  const centroids =
    settings.centroids === undefined ? undefined : await openCentroids(settings.centroids, opened, shards);
  const size = { ...countSentences(opened), dimensions: opened.dimensions };
  const engine = chooseEngine(settings, size);
  const plan = planTile(engine, size, { ...settings, lists: centroids?.lists });
  const threads = plan?.threads ?? settings.threads;
  const context = { keep: makeAnew, vectorsKey, centroids, heldRows: plan?.heldRows, signal, onEvent };
  const index = openIndex(engine, { ...settings, threads }, context);
  const keys = {
    ...opened.sideKeys,
    candidates: candidatesKey({ ...vectorsKey, ...index.key }, neighbourhood, guard),
  };
  const tile = tileOf(shards);
  const before = await knownTile(folder, { keys, tile }, onEvent);
  if (before) return { tile, rows: countRows(before), kept: true };

  tellEngine(engine, settings, onEvent);
  if (engine.index === "ivf" && !centroids && shards.source.of * shards.target.of > 1)
    onEvent(
      note(
        say`this tile clusters both sides for itself; ${option("centroids")} takes what crisscross centroids made once for all`,
      ),
    );
  const { lists, ...found } = await unlessChanged(opened.states, () =>
    searchShards(opened, index, { ...settings, neighbourhood, plan }),
  );
  const info = { ...found, tile, keys, texts: textsBeside(path, opened.texts) };
  signal?.throwIfAborted();
  const write = async (staging: string) => {
    for (const direction of DIRECTIONS) await writeLists(staging, direction, [lists[direction]]);
    await writeTileInfo(staging, info);
  };
  await writeNewFolder(path, write, { replace: true });
  return { tile, rows: countRows(info), kept: false };
}

const tileOf = ({ source, target }: Record<SideName, Shard>): Tile => ({
  source: { first: source.number, last: source.number, of: source.of },
  target: { first: target.number, last: target.number, of: target.of },
});

const countRows = ({ ranges: { source, target } }: TileInfo): Record<SideName, number> => ({
  source: source.end - source.first,
  target: target.end - target.first,
});
