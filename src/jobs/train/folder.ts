import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readSettings } from "../../embed/folder/read-json.js";
import { PREPARED } from "../../embed/static/prepared-tokenizer.js";
import { OptionError } from "../../errors.js";
import { findFolderPlace, notEmpty } from "../../store/files/new-folder.js";
import { refuseOthers } from "../../store/files/refuse-others.js";

/** All that a trained encoder's folder holds. */
const ENTRIES = [
  "1_Normalize",
  join("1_Normalize", "config.json"),
  "README.md",
  "SHA256SUMS",
  "config.json",
  "model.safetensors",
  "modules.json",
  "tokenizer.json",
  "tokenizer.json.gz",
  PREPARED,
];

/**
 * Where a trained folder goes. An existing one is replaced only if training left it unfinished there: interrupted in
 * the same work, or diverged in any.
 *
 * @param work the key of the work, where it is known already
 * @throws OptionError if what is there must stay; OutputError if the folder that it lies in is missing
 */
export async function findTrainingPlace(output: string, work?: string): Promise<string> {
  const { path, entries } = await findFolderPlace(output);
  if (entries.length === 0) return path;
  const { training } = await readSettings(join(path, "config.json")).catch(() => ({ training: undefined }));
  if (!training?.interrupted && !training?.diverged) throw notEmpty(output);
  const all = await readdir(path, { recursive: true });
  const others = all.filter((name) => !ENTRIES.includes(name));
  refuseOthers(output, "a training that was interrupted", others);
  if (work !== undefined && !training.diverged && training.work !== work)
    throw new OptionError(`${output}: holds an interrupted training with other options or other input.`, {
      advice: "Give those again to go on with it, or name another folder.",
    });
  return path;
}
