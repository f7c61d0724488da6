import { InputError, OptionError } from "../../errors.js";
import { differencesBetween } from "../../store/run/key-differences.js";
import type { SideName } from "../../types/texts.js";
import { say } from "../../wording.js";
import { adviseOptions, readTile, type TileFolder } from "./tile-files.js";
import { nameTile, type Tile } from "./tile-info.js";

/** Tiles that fill a rectangle of their search, and which one. */
export interface TilesRead {
  tiles: readonly TileFolder[];
  tile: Tile;
}

/**
 * Reads what the tiles of one search are of.
 *
 * @param partial whether they may be some of the search's, as long as they fill a rectangle
 * @throws InputError if one is no tile, is of another search, or overlaps another one; and if some are missing, which it
 *   names
 */
export async function readTiles(folders: readonly string[], { partial = false } = {}): Promise<TilesRead> {
  if (folders.length === 0)
    throw new OptionError("There is nothing to merge; expected the tiles of a search.");
  const tiles: TileFolder[] = [];
  for (const folder of folders) {
    const tile = await readTile(folder);
    if (tiles.length > 0) checkSameSearch(tiles[0], tile);
    tiles.push(tile);
  }
  const tile = partial ? spanOf(tiles) : wholeOf(tiles[0].info.tile);
  checkFilled(tiles, tile, partial);
  checkEdges(tiles);
  return { tiles, tile };
}

function checkSameSearch(first: TileFolder, other: TileFolder): void {
  const keyOf = ({ info: { keys, tile } }: TileFolder) => ({
    ...keys,
    "shards of the source": tile.source.of,
    "shards of the target": tile.target.of,
  });
  const different = differencesBetween(keyOf(first), keyOf(other));
  if (different.length === 0) return;
  const list = different.map(({ name, before, after }) => `${name} is ${after}, there ${before}`).join("; ");
  throw new InputError({ path: other.folder }, `is not of the same search as ${first.folder}: ${list}.`, {
    advice: "Merge the tiles of one search.",
  });
}

const wholeOf = ({ source, target }: Tile): Tile => ({
  source: { first: 1, last: source.of, of: source.of },
  target: { first: 1, last: target.of, of: target.of },
});

/** The least rectangle that has all of them. */
function spanOf(tiles: readonly TileFolder[]): Tile {
  const span = (side: SideName) => {
    const shards = tiles.map(({ info }) => info.tile[side]);
    return {
      first: Math.min(...shards.map(({ first }) => first)),
      last: Math.max(...shards.map(({ last }) => last)),
      of: shards[0].of,
    };
  };
  return { source: span("source"), target: span("target") };
}

/** Each square of a rectangle is of one tile. */
function checkFilled(tiles: readonly TileFolder[], { source, target }: Tile, partial: boolean): void {
  const width = target.last - target.first + 1;
  const known = new Map<number, TileFolder>();
  for (const tile of tiles)
    for (const square of squaresOf(tile.info.tile)) {
      const place = (square.source.first - source.first) * width + square.target.first - target.first;
      const twin = known.get(place);
      if (twin) throw givenTwice(tile, twin, square);
      known.set(place, tile);
    }
  const missing: Tile[] = [];
  for (const square of squaresOf({ source, target }))
    if (!known.has((square.source.first - source.first) * width + square.target.first - target.first))
      missing.push(square);
  if (missing.length === 0) return;
  const [noun, verb] = missing.length === 1 ? ["tile", "is"] : ["tiles", "are"];
  const why = partial ? ` in ${nameTile({ source, target })}, which a partial merge has to fill` : "";
  throw new InputError(
    { path: tiles[0].folder },
    `${noun} ${listTiles(missing)} of the same search ${verb} missing${why}.`,
    { advice: say`Search ${missing.length === 1 ? "it" : "the first"} with ${adviseOptions(missing[0])}.` },
  );
}

/** The tiles of one shard of each side. */
function* squaresOf({ source, target }: Tile): Generator<Tile> {
  for (let x = source.first; x <= source.last; x++)
    for (let y = target.first; y <= target.last; y++)
      yield { source: { first: x, last: x, of: source.of }, target: { first: y, last: y, of: target.of } };
}

function givenTwice(tile: TileFolder, twin: TileFolder, square: Tile): InputError {
  const name = nameTile(tile.info.tile);
  const isSame = name === nameTile(twin.info.tile);
  const problem = isSame
    ? `is tile ${name}, and so is ${twin.folder}.`
    : `has tile ${nameTile(square)}, and so has ${twin.folder}.`;
  return new InputError({ path: tile.folder }, problem, { advice: "Give each tile once." });
}

const MOST_NAMED = 8;

function listTiles(tiles: readonly Tile[]): string {
  const more = tiles.length > MOST_NAMED ? `, and ${tiles.length - MOST_NAMED} more` : "";
  return `${tiles.slice(0, MOST_NAMED).map(nameTile).join(", ")}${more}`;
}

/** Two versions may cut a side at other rows. */
function checkEdges(tiles: readonly TileFolder[]): void {
  const known = new Map<string, { row: number; folder: string }>();
  for (const { folder, info } of tiles)
    for (const side of ["source", "target"] as const)
      for (const [shard, row] of [
        [info.tile[side].first - 1, info.ranges[side].first],
        [info.tile[side].last, info.ranges[side].end],
      ]) {
        const edge = known.get(`${side} ${shard}`) ?? { row, folder };
        known.set(`${side} ${shard}`, edge);
        if (edge.row !== row)
          throw new InputError(
            { path: folder },
            `cuts the ${side} at row ${row} where ${edge.folder} cuts it at ${edge.row}.`,
            { advice: "Search all tiles with one version of crisscross." },
          );
      }
}
