import { InputError } from "../../errors.js";
import type { JobEvent } from "../../events.js";
import type { FolderPlace } from "../../store/files/new-folder.js";
import { refuseOthers } from "../../store/files/refuse-others.js";
import { note } from "../../wording.js";

/** What an earlier command left in a folder. */
export interface Found {
  /** In words: "a tile". */
  what: string;
  /** In what it differs from what is wanted. */
  changes: readonly string[];
  /** Whether an entry of the folder is part of it. */
  isPart(name: string): boolean;
  /** @throws InputError if it is damaged */
  check(): Promise<void>;
}

/**
 * Whether what a folder holds is what is wanted, as it was written; if not, it is told why that takes its place.
 *
 * @throws OptionError if the folder holds something else, too, which would be lost
 */
export async function isKept(
  { path, entries }: FolderPlace,
  { what, changes, isPart, check }: Found,
  onEvent: (event: JobEvent) => void,
): Promise<boolean> {
  const why =
    changes.length > 0 ? `takes the place of ${what}: ${changes.join("; ")}` : await findDamage(check);
  if (why === undefined) return true;
  const others = entries.filter((name) => !isPart(name));
  refuseOthers(path, what, others);
  onEvent(note(why));
  return false;
}

async function findDamage(check: Found["check"]): Promise<string | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `made again: ${error.explain({ advice: false })}`;
  }
}
