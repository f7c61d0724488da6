import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The SHA-256 of every file below a folder, hidden ones as well, by its path; times stand in manifests alone. */
export function stateOf(folder: string): Map<string, string> {
  const state = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const path = join(folder, name);
    if (!lstatSync(path).isFile()) continue;
    const content = name.endsWith("manifest.json") ? "" : readFileSync(path);
    state.set(name, createHash("sha256").update(content).digest("hex"));
  }
  return state;
}

/** In what two states differ: other contents or files that are missing, and files that should not be there. */
export function compareStates(expected: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>) {
  return {
    different: [...expected].filter(([name, hash]) => found.get(name) !== hash).map(([name]) => name),
    litter: [...found.keys()].filter((name) => !expected.has(name)),
  };
}
