import { stat } from "node:fs/promises";
import { ModelError } from "../errors.js";
import { folderOf } from "./builtin.js";

/**
 * The folder of an encoder by its name.
 *
 * @param name `builtin`, or a path
 * @throws ModelError if there is no such folder
 */
export async function findEncoderFolder(name: string): Promise<string> {
  const path = folderOf(name);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return path;
  throw new ModelError(
    `${name}: no such encoder. Give a folder with tokenizer.json and an ONNX model or a static table, or builtin, or ngram.`,
  );
}
