import type { Command } from "commander";
import type { CachedEncoder } from "../../../src/index.js";
import { listEncoders } from "../../../src/jobs/encoders/list-encoders.js";
import { printable } from "../../../src/text/printable.js";
import type { Context } from "../../context.js";
import { print } from "../../print.js";
import { size } from "../../size.js";
import { tell } from "../../tell.js";

const SHORT_COMMIT = 7;

export function defineCommand(command: Command, context: Context): void {
  const { stderr } = context;
  command
    .option("--json", "print JSON, for programs; also repositories that are not encoders")
    .addHelpText("after", "\nExample:\n  $ crisscross encoders list\n")
    .action(async ({ json }: { json?: boolean }) => {
      const cached = await listEncoders();
      if (json) return print(`${JSON.stringify(cached, null, 2)}\n`, context);
      const { encoders, others, cache } = cached;
      if (encoders.length > 0) await print(format(encoders), context);
      else
        tell(
          `No encoder is in the cache (${cache}). Fetch one: crisscross encoders pull intfloat/multilingual-e5-small`,
          stderr,
        );
      if (others.length > 0) tell(`beside: ${nameOthers(others)}, without what makes an encoder`, stderr);
    });
}

const nameOthers = (others: readonly { repository: string }[]) =>
  [...new Set(others.map(({ repository }) => repository))].join(", ");

function format(encoders: readonly CachedEncoder[]): string {
  const rows = [
    ["name", "revision", "kind", "dimensions", "size"],
    ...encoders.map(({ repository, commit, revisions, kind, dimensions, variants, bytes }) =>
      [
        repository,
        [commit.slice(0, SHORT_COMMIT), ...revisions].join(" "),
        [kind, ...variants].join(" "),
        dimensions === undefined ? "?" : String(dimensions),
        size(bytes),
      ].map(printable),
    ),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const align = (cell: string, column: number) =>
    column < 3 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
  return rows.map((row) => `${row.map(align).join("  ")}\n`).join("");
}
