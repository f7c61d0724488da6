import { join } from "node:path";
import { filesUnder } from "../../store/files/file-sums.js";
import { isSealedManifest, MANIFEST, type Manifest, readManifest } from "../../store/run/manifest.js";
import { type CheckedFile, checkSum, damaged } from "./checked-file.js";
import { factsIn, verifyFacts } from "./verify-facts.js";

const ADVICE = "Run the command that made it again.";

/** Where `extract` keeps what it has read, each with facts of its own. */
const DRAFTS = "files";

/** Checks the manifest of a run, and every file of its stages. What is spare may be gone. */
export async function* verifyRun(folder: string): AsyncGenerator<CheckedFile> {
  const path = join(folder, MANIFEST);
  let manifest: Manifest | undefined;
  try {
    manifest = await readManifest(folder);
  } catch (error) {
    yield damaged(path, error);
    return;
  }
  yield { path, state: (await isSealedManifest(folder)) ? "sound" : "unverified" };
  for (const { files = {}, spare = {} } of Object.values(manifest?.stages ?? {})) {
    for (const [name, sum] of Object.entries(files)) yield checkSum(join(folder, name), sum, ADVICE);
    for (const [name, sum] of Object.entries(spare)) {
      const checked = await checkSum(join(folder, name), sum, ADVICE);
      if (checked.state !== "missing") yield checked;
    }
  }
  if (manifest?.job !== "extract") return;
  for (const facts of await factsIn(join(folder, DRAFTS)))
    yield* verifyFacts(facts, "Remove it, and run the command again.");
}

/** The files of a folder that nothing was said of. */
export async function* restOf(folder: string, checked: ReadonlySet<string>): AsyncGenerator<CheckedFile> {
  for (const name of await filesUnder(folder, ".")) {
    const path = join(folder, name);
    if (!checked.has(path)) yield { path, state: "unverified" };
  }
}
