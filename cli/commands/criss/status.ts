import type { Command } from "commander";
import type { CrissStatus } from "../../../src/index.js";
import { crissStatus } from "../../../src/jobs/criss/status.js";
import type { Context } from "../../context.js";
import { print } from "../../print.js";
import { formatRounds } from "../../rounds-table.js";

export function defineCommand(command: Command, context: Context): void {
  command
    .argument("<run>", "the folder that criss --run made")
    .option("--json", "print JSON, for programs")
    .addHelpText("after", "\nExample:\n  $ crisscross criss status run/\n")
    .action(async (run: string, { json }: { json?: boolean }) => {
      const found = await crissStatus(run);
      await print(json ? `${JSON.stringify(found, null, 2)}\n` : describeStatus(found), context);
    });
}

function describeStatus(found: CrissStatus): string {
  const table = found.rounds.length > 0 ? formatRounds(found.rounds) : "";
  return `${table}${describeState(found)}\n`;
}

function describeState({ best, finished, next, locked, rounds }: CrissStatus): string {
  const parts: string[] = [];
  if (finished) parts.push(finished.stopped ? "finished: no round got better any more" : "finished");
  else parts.push(`${locked ? "at work" : "not finished, the same command goes on"}: ${describeNext(next)}`);
  if (best !== undefined && rounds.length > 0) parts.push(`the run gives round ${best}`);
  return parts.join(" · ");
}

function describeNext(next: CrissStatus["next"]): string {
  if (!next) return "all rounds done, the end is to be noted";
  const { what, round, done, total } = next;
  if (what === "read") return `reading texts, ${done} of ${total} read`;
  if (what === "train") return `training on round ${round}`;
  return `round ${round}, ${done} of ${total} pairs of languages searched`;
}
