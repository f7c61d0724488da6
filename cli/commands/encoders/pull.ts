import type { Command } from "commander";
import { pullEncoder } from "../../../src/embed/hub-encoders.js";
import type { HubOptions, PulledEncoder } from "../../../src/index.js";
import type { Context } from "../../context.js";
import { count } from "../../count.js";
import { addVariantOption } from "../../encoder-options.js";
import { Interrupted } from "../../interrupted.js";
import { addProgressOptions } from "../../options.js";
import { print } from "../../print.js";
import type { ProgressOptions } from "../../progress.js";
import { size } from "../../size.js";
import { withProgress } from "../../with-progress.js";

const EXAMPLE = `
Prints the folder. A pull that was interrupted goes on at its byte; one of what is there already fetches nothing.

Example:
  $ crisscross encoders pull intfloat/multilingual-e5-small --variant quantized
`;

export function defineCommand(command: Command, context: Context): void {
  command.argument("<name>", "owner/name on the hub");
  addVariantOption(command);
  addProgressOptions(command)
    .addHelpText("after", EXAMPLE)
    .action((name: string, flags: PullFlags) => runPull(name, flags, context));
}

type PullFlags = Pick<HubOptions, "variant" | "revision"> & ProgressOptions;

async function runPull(
  name: string,
  { variant, revision, ...shown }: PullFlags,
  context: Context,
): Promise<void> {
  try {
    const { folder } = await withProgress(
      shown,
      context,
      (listeners) => pullEncoder(name, { variant, revision, ...listeners }),
      describePulled,
    );
    await print(`${folder}\n`, context);
  } catch (error) {
    if (!context.signal.aborted) throw error;
    throw new Interrupted("what has come so far is kept, and the same command goes on.");
  }
}

function describePulled({ repository, commit, files, bytes }: PulledEncoder): string {
  const fetched = files === 0 ? "nothing to fetch" : `${count(files, "file")}, ${size(bytes)} fetched`;
  return `${repository}: ${fetched} · revision ${commit}`;
}
