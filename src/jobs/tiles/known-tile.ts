import type { JobEvent } from "../../events.js";
import type { FolderPlace } from "../../store/files/new-folder.js";
import { changesBetween } from "../../store/run/key-differences.js";
import { isKept } from "./is-kept.js";
import { checkTile, isTileFile, readTile } from "./tile-files.js";
import type { TileInfo } from "./tile-info.js";

/**
 * What a folder holds, if that is this very tile as it was written.
 *
 * @throws OptionError as `isKept`
 */
export async function knownTile(
  folder: FolderPlace,
  wanted: Pick<TileInfo, "keys" | "tile">,
  onEvent: (event: JobEvent) => void,
): Promise<TileInfo | undefined> {
  const before = await readTile(folder.path).catch(() => undefined);
  if (!before) return undefined;
  const found = {
    what: "a tile",
    changes: changesBetween(identityOf(before.info), identityOf(wanted)),
    isPart: isTileFile,
    check: () => checkTile(before),
  };
  return (await isKept(folder, found, onEvent)) ? before.info : undefined;
}

/** What tells a tile of a search from all others. */
const identityOf = ({ keys, tile }: Pick<TileInfo, "keys" | "tile">) => ({ ...keys, tile });
