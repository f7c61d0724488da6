import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import type { JobEvent } from "../src/index.js";

/** Tells which files of pairs in a run folder a command leaves as they are, since its own go elsewhere or nowhere. */
export async function tellOlderPairs(
  run: string,
  outputs: readonly unknown[],
  onEvent: (event: JobEvent) => void,
): Promise<void> {
  const real = (path: string) => realpath(path).catch(() => undefined);
  const written = await Promise.all(outputs.filter((output) => typeof output === "string").map(real));
  for (const name of await readdir(run).catch(() => [])) {
    const path = join(run, name);
    if (name.startsWith("pairs.") && !written.includes(await real(path)))
      onEvent({ kind: "note", message: `${path} is older than this run, which leaves it as it is` });
  }
}
