import { existsSync } from "node:fs";
import { OptionError } from "../../errors.js";

const FILE =
  /\.(tsv|csv|jsonl?|ndjson|tmx|xliff?|xlsx?|txt|parquet|npy|npz|bin|onnx|safetensors|html|xml|gz|zst|xz|bz2|zip)$/i;

/** The suffix of a name by which everybody knows a kind of file, in small letters. */
export function suffixOfFile(name: string): string | undefined {
  return FILE.exec(name)?.[1].toLowerCase();
}

/** @throws OptionError for a folder that is to be made, if its name is that of a file */
export function refuseFileName(folder: string): void {
  const suffix = suffixOfFile(folder);
  if (suffix === undefined || existsSync(folder)) return;
  throw new OptionError(`${folder}: its name says .${suffix}, but a folder is written.`, {
    advice: "Choose a name for a folder.",
  });
}
