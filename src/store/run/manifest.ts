import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import type { FileSums } from "../files/file-sums.js";
import { seal, unseal } from "../files/sealed-json.js";
import { writeWholeText } from "../files/whole-file.js";

/** Raised when files of a run folder change their meaning. */
const FORMAT = 1;

/** Everything that a stage's result depends on, as JSON. */
export type Key = Readonly<Record<string, unknown>>;

export interface StageRecord {
  key: Key;
  seconds: number;
  /** What it was made from has been made anew since; the key of its next run tells whether it is still good. */
  outdated?: boolean;
  /** Checksums of the files that it left; an earlier version noted none. */
  files?: FileSums;
  /** The same of those that nobody needs: they may be gone. */
  spare?: FileSums;
}

/** Jobs that keep their stages in a folder; no two can share one. What tiles are merged into is a run of `mine`. */
export type RunJob = "mine" | "score" | "align" | "criss" | "extract";

/** What is done in a run folder. It alone holds times. */
export interface Manifest {
  format: number;
  /** Whose run it is; where none is named, its stages tell, or else it becomes that of the job that opens it. */
  job?: RunJob;
  stages: Record<string, StageRecord>;
}

/**
 * Reads a run folder's manifest.
 *
 * @returns nothing if the folder has none
 * @throws InputError if it is not one that this version can go on with
 */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const path = manifestPath(folder);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new InputError({ path: folder }, `cannot be read as a run folder: ${code}.`, { cause: error });
  }
  let manifest: Manifest;
  try {
    manifest = JSON.parse(text);
  } catch (cause) {
    throw new InputError({ path }, `is not JSON (${(cause as Error).message}).`, {
      advice: "Restore it, or start a run in another folder.",
      cause,
    });
  }
  if (isObject(manifest)) {
    const { format } = manifest;
    if (typeof format === "number" && format !== FORMAT)
      throw new InputError({ path }, `has format ${format}; this version reads ${FORMAT}.`, {
        advice: "Start a run in another folder.",
      });
    const { value, isSound } = await unseal(manifest);
    if (isSound && isManifest(value)) return value;
  }
  throw new InputError({ path }, "is damaged: what it says is not what was written.", {
    advice: "Restore it from a copy, or start a run in another folder.",
  });
}

/** Whether a manifest can tell that it is damaged: an earlier version wrote one that cannot. */
export async function isSealedManifest(folder: string): Promise<boolean> {
  return (await unseal(JSON.parse(await readFile(manifestPath(folder), "utf8")))).isSealed;
}

/** Whether it has the fields of a manifest and no others, so that a damaged name of a field is noticed, too. */
function isManifest({ format, job, stages, ...others }: Manifest): boolean {
  if (format !== FORMAT || Object.keys(others).length > 0 || !isObject(stages)) return false;
  return Object.values(stages).every((stage) => isObject(stage) && isObject(stage.key));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function emptyManifest(): Manifest {
  return { format: FORMAT, stages: {} };
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeWholeText(manifestPath(folder), `${JSON.stringify(await seal(manifest), null, 2)}\n`);
}

export const MANIFEST = "manifest.json";

function manifestPath(folder: string): string {
  return join(folder, MANIFEST);
}
