import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import { checkFacts, readFacts, writeFacts } from "../../store/files/facts-file.js";
import { requireFolder } from "../../store/files/folder-error.js";
import type { Wording } from "../../wording.js";
import { option, say } from "../../wording.js";
import { TILE_FILES } from "./tile-columns.js";
import { nameSpan, nameTile, type Tile, type TileInfo } from "./tile-info.js";

/** Raised when files of a tile change their meaning. */
const FORMAT = 2;

/** A folder of a tile's neighbours, and what they are of. */
export interface TileFolder {
  folder: string;
  info: TileInfo;
}

const INFO = "part.json";
const infoPath = (folder: string) => join(folder, INFO);

/** Whether an entry of a tile's folder is the tile's. */
export const isTileFile = (name: string): boolean => name === INFO || TILE_FILES.includes(name);

/** Writes beside a tile's lists, in `part.json`, as it has always been called, what they are of. */
export async function writeTileInfo(folder: string, info: TileInfo): Promise<void> {
  await writeFacts(infoPath(folder), { format: FORMAT, ...info }, { beside: TILE_FILES, indent: 2 });
}

/**
 * What a tile is of.
 *
 * @throws InputError if the folder holds none that this version reads
 */
export async function readTile(folder: string): Promise<TileFolder> {
  await requireFolder(folder);
  if (!existsSync(infoPath(folder)))
    throw new InputError({ path: folder }, "is not a tile; expected a folder that search wrote.");
  const advice = "Remove its folder, and search this tile again.";
  const info = await readFacts<TileInfo & { format: number }>(infoPath(folder), advice);
  if (info?.format !== FORMAT || !info.tile)
    throw new InputError(
      { path: folder },
      `is a tile of format ${info?.format}; this version reads ${FORMAT}.`,
      { advice: "Search it again." },
    );
  return { folder, info };
}

/**
 * Checks that every file of a tile is there, and as it was written.
 *
 * @throws InputError that names the first that is not, its tile, and what makes that again
 */
export async function checkTile({ folder, info }: TileFolder): Promise<void> {
  await checkFacts(infoPath(folder), info, adviseAgain(info.tile));
}

/** What makes a tile again. */
export function adviseAgain(tile: Tile): Wording {
  const isSearched = tile.source.first === tile.source.last && tile.target.first === tile.target.last;
  if (!isSearched) return say`Merge the tiles of ${nameTile(tile)} into it again with ${option("partial")}.`;
  return say`Search this tile again, with ${adviseOptions(tile)}.`;
}

/** The options that a search of a tile is given. */
export const adviseOptions = ({ source, target }: Tile): Wording =>
  say`${option("sourceShard", nameSpan(source))} and ${option("targetShard", nameSpan(target))}`;
