import { existsSync } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ownBlob } from "../hub/own-blob.js";
import { findExternalData } from "../runtime/external-data.js";

/**
 * Puts each model of a snapshot and its weights into one folder, where they are in several of the cache's shared store:
 * ONNX Runtime refuses weights that are elsewhere when all links are followed.
 */
export async function keepWeightsTogether(snapshot: string): Promise<void> {
  for (const file of await readdir(snapshot, { recursive: true })) {
    if (!file.endsWith(".onnx")) continue;
    const model = join(snapshot, file);
    const parts = [model, ...findExternalData(model)].filter((path) => existsSync(path));
    const places = await Promise.all(parts.map(async (path) => dirname(await realpath(path))));
    if (new Set(places).size > 1) for (const part of parts) await ownBlob(snapshot, part);
  }
}
