import type { Command } from "commander";
import { removeEncoder } from "../../../src/jobs/encoders/remove-encoder.js";
import type { Context } from "../../context.js";
import { size } from "../../size.js";
import { tell } from "../../tell.js";

const EXAMPLE = `
Whatever uses the cache shares what is removed: Python's libraries would fetch it again.

Example:
  $ crisscross encoders remove intfloat/multilingual-e5-small --revision 614241f
`;

export function defineCommand(command: Command, { stderr, signal }: Context): void {
  command
    .argument("<name>", "owner/name, as encoders list shows it")
    .option("--revision <name>", "only this branch, tag or commit (default: all in the cache)")
    .addHelpText("after", EXAMPLE)
    .action(async (name: string, { revision }: { revision?: string }) => {
      const { repository, commits, bytes } = await removeEncoder(name, {
        revision,
        signal,
        onEvent: (event) => event.kind === "note" && tell(event.message, stderr),
      });
      const what = commits.length === 1 ? `revision ${commits[0]}` : `${commits.length} revisions`;
      tell(`${repository}: removed ${what}, ${size(bytes)}`, stderr);
    });
}
