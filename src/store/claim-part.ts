import { createHash } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * A name for unfinished work beside its output that only the same work gives again; what other work for that output
 * left is removed.
 *
 * @param work all that the result depends on, as JSON
 */
export async function claimPart(output: string, work: unknown): Promise<string> {
  const [folder, prefix] = [dirname(output), `.${basename(output)}.`];
  const hash = createHash("sha256").update(JSON.stringify(work)).digest("hex").slice(0, 16);
  const own = `${prefix}${hash}.part`;
  for (const name of await readdir(folder)) {
    const left = name.startsWith(prefix) && /^[0-9a-f]{16}\.part$/.test(name.slice(prefix.length));
    if (left && name !== own) await rm(join(folder, name), { force: true });
  }
  return join(folder, own);
}
