import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ExecutionContext } from "ava";

const DIE_AT = fileURLToPath(new URL("die-at.js", import.meta.url));

/** Runs a command line that is killed (SIGKILL) the moment that it makes, or removes, what matches. */
export async function killAt(t: ExecutionContext, moment: RegExp, argv: string[]): Promise<void> {
  const child = spawn(process.execPath, ["--import", DIE_AT, "dist/cli/crisscross.js", ...argv], {
    env: { ...process.env, DIE_AT: moment.source },
    stdio: ["ignore", "ignore", "inherit"],
  });
  t.deepEqual(await once(child, "exit"), [null, "SIGKILL"], `it made nothing that matches ${moment}`);
}
