import type { Command } from "commander";
import { InputError } from "../../src/errors.js";
import type { CheckedFile, FileState } from "../../src/index.js";
import { verify } from "../../src/jobs/verify/verify.js";
import { printable } from "../../src/text/printable.js";
import type { Context } from "../context.js";
import { count } from "../count.js";
import { print } from "../print.js";

const EXAMPLE = `
The exit code is 1 if a file is damaged or missing.

Examples:
  $ crisscross verify run/
  $ crisscross verify tiles/* vectors/ ~/.cache/huggingface/hub
`;

const STATES: readonly FileState[] = ["sound", "damaged", "missing", "unverified"];

export function defineCommand(command: Command, context: Context): void {
  command
    .description(
      "Checks whether run folders, tiles, vector caches and the hub's cache are still as they were written.",
    )
    .argument("<path...>", "folders, or folders and files in them")
    .option("--json", "print JSON lines, for programs; also the sound files")
    .addHelpText("after", EXAMPLE)
    .action(async (paths: string[], { json }: { json?: boolean }) => {
      const counts = { sound: 0, damaged: 0, missing: 0, unverified: 0 };
      for await (const file of verify(paths, { signal: context.signal })) {
        counts[file.state]++;
        if (json) await print(`${JSON.stringify(file)}\n`, context);
        else if (file.state !== "sound") await print(describe(file), context);
      }
      if (!json) await print(`${STATES.map((state) => `${counts[state]} ${state}`).join(" · ")}\n`, context);
      const bad = counts.damaged + counts.missing;
      if (bad > 0)
        throw new InputError({ path: paths.join(", ") }, `${count(bad, "file")} damaged or missing.`);
    });
}

function describe({ path, state, problem }: CheckedFile): string {
  return `${printable(`${state.padEnd(10)}  ${path}${problem === undefined ? "" : `: ${problem}`}`)}\n`;
}
