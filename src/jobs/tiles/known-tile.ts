import { InputError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import { note } from "../../wording.js";
import { checkTile, readTile } from "./tile-files.js";
import { isSameTile, type TileInfo } from "./tile-info.js";

/** What a folder holds, if that is this very tile as it was written; if it is damaged, it is told why it is made again. */
export async function knownTile(
  folder: string,
  wanted: Pick<TileInfo, "keys" | "tile">,
  onEvent: (event: JobEvent) => void,
): Promise<TileInfo | undefined> {
  const before = await readTile(folder).catch(() => undefined);
  if (!before || !isSameTile(before.info, wanted)) return undefined;
  try {
    await checkTile(before);
    return before.info;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    onEvent(note(`made again: ${error.explain({ advice: false })}`));
    return undefined;
  }
}
