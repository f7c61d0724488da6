import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import type { OptionNames } from "../../check-options.js";
import { refuseUnknown } from "../../check-options.js";
import { OptionError } from "../../errors.js";
import type { JobListeners } from "../../events.js";
import type { Range } from "../../search/ranges.js";
import { holdFolder } from "../../store/files/hold-output.js";
import { writeNewFolder } from "../../store/files/new-folder.js";
import { explainWriteError } from "../../store/files/output-error.js";
import type { SideName } from "../../types/texts.js";
import { knownTile } from "./known-tile.js";
import { MERGED_ROWS } from "./merge-lists.js";
import { readTiles, type TilesRead } from "./read-tiles.js";
import { mergedBlocks, stripesOf } from "./stripes.js";
import { DIRECTIONS, type Direction, writeLists } from "./tile-columns.js";
import { checkTile, readTile, type TileFolder, writeTileInfo } from "./tile-files.js";
import { type Tile, type TileText, textsBeside } from "./tile-info.js";

/** What follows a partial merge. */
export type MergePartiallyOptions = JobListeners;

/** The names of `MergePartiallyOptions`. */
export const MERGE_PARTIALLY_OPTIONS: OptionNames<MergePartiallyOptions> = { signal: true, onEvent: true };

/** The tile that some tiles made up. */
export interface PartialMergeSummary {
  /** Tiles that were merged. */
  tiles: number;
  /** Which shards of each side they have together. */
  tile: Tile;
  /** Whether it had been written before. */
  kept: boolean;
}

/**
 * Merges some tiles of a search into one, which is merged with the others later, by `mergeTiles` or again partially. So
 * no machine needs the files of all tiles, and many can merge at once. The result does not depend on the order.
 *
 * Memory: 8,192 rows' neighbours.
 *
 * @throws InputError if these are not tiles of one search that fill a rectangle, or one is damaged; OutputError
 */
export async function mergePartially(
  folders: readonly string[],
  output: string,
  options: MergePartiallyOptions = {},
): Promise<PartialMergeSummary> {
  refuseUnknown("mergePartially", options, MERGE_PARTIALLY_OPTIONS);
  const { signal, onEvent = () => {} } = options;
  const { tiles, tile } = await readTiles(folders, { partial: true });
  try {
    await using held = await holdFolder(output);
    const { path } = held;
    for (const { folder } of tiles)
      if ((await realpath(folder)) === path)
        throw new OptionError(`${output}: is one of the tiles.`, { advice: "Name another folder." });
    if (held.entries.length > 0) await readTile(path);
    const [{ info }] = tiles;
    if (await knownTile(held, { keys: info.keys, tile }, onEvent))
      return { tiles: tiles.length, tile, kept: true };
    for (const one of tiles) await checkTile(one);
    const onMerged = (done: number, total: number) => {
      signal?.throwIfAborted();
      onEvent({ kind: "progress", stage: "merge", done, total, unit: "sentences" });
    };
    await writeNewFolder(path, (staging) => writeMerged(staging, path, { tiles, tile }, onMerged), {
      replace: true,
    });
    return { tiles: tiles.length, tile, kept: false };
  } catch (error) {
    throw explainWriteError(error, output);
  }
}

/** @param onMerged called with the number of rows done, of both sides */
async function writeMerged(
  staging: string,
  path: string,
  { tiles, tile }: TilesRead,
  onMerged: (done: number, total: number) => void,
): Promise<void> {
  const [{ folder, info }] = tiles;
  const ranges = { source: rangeOf(tiles, "source"), target: rangeOf(tiles, "target") };
  const count = ({ first, end }: Range) => end - first;
  const total = count(ranges.source) + count(ranges.target);
  const slots = {
    forward: Math.min(info.wanted, count(ranges.target)),
    backward: Math.min(info.wanted, count(ranges.source)),
  };
  let done = 0;
  for (const direction of DIRECTIONS) await writeLists(staging, direction, merged(direction));
  const texts = textsBeside(path, {
    source: await textFrom(folder, info.texts.source),
    target: await textFrom(folder, info.texts.target),
  });
  await writeTileInfo(staging, { ...info, tile, ranges, slots, texts });

  function* merged(direction: Direction) {
    for (const stripe of stripesOf(tiles, direction))
      for (const block of mergedBlocks(stripe, MERGED_ROWS, slots[direction])) {
        onMerged(done, total);
        done += block.rows.length;
        yield block;
      }
  }
}

function rangeOf(tiles: readonly TileFolder[], side: SideName): Range {
  const all = tiles.map(({ info }) => info.ranges[side]);
  return {
    first: Math.min(...all.map(({ first }) => first)),
    end: Math.max(...all.map(({ end }) => end)),
  };
}

const textFrom = async (folder: string, { path, read }: TileText): Promise<TileText> => ({
  path: resolve(await realpath(folder), path),
  read,
});
