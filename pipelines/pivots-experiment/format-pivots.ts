import type { LoopRun } from "../criss-experiment/follow-loop.js";
import { ENGLISH } from "./halves.js";

/** By the pivots, such as `en,lim_Latn`. */
export type PivotsResults = Record<string, LoopRun>;

/** P@1 to English of each language: of the start, and at the end of a loop with each choice of pivots. */
export function formatPivots(runs: PivotsResults): string {
  const columns = ["language", "start", ...Object.keys(runs).map((pivots) => `\`${pivots}\``)];
  const all = Object.values(runs);
  const figures = new Map(
    Object.keys(all[0].rounds[0].pairs)
      .filter((pair) => pair.endsWith(`-${ENGLISH}`))
      .map((pair) => [
        pair.slice(0, -ENGLISH.length - 1),
        [all[0].rounds[0], ...all.map(({ best, rounds }) => rounds[best])].map(
          ({ pairs }) => pairs[pair].precisionAt1!,
        ),
      ]),
  );
  const rows = [...figures].sort(([, [a]], [, [b]]) => b - a);
  const means = rows[0][1].map((_, i) => rows.reduce((sum, [, row]) => sum + row[i], 0) / rows.length);
  const lines = [...rows, ["**mean**", means] as const].map(
    ([name, row]) => `| ${[name, ...row.map((share) => share.toFixed(3))].join(" | ")} |`,
  );
  return [`| ${columns.join(" | ")} |`, `| --- |${" ---: |".repeat(columns.length - 1)}`, ...lines].join(
    "\n",
  );
}
