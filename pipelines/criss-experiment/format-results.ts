import type { RoundSummary } from "../../src/index.js";

/** Every round of every experiment, by its name. */
export type Results = Record<string, RoundSummary[]>;

const COLUMNS = ["pairs", "trained on", "precision", "P@1", "best F1", "Tatoeba"];

/** The experiments as tables in Markdown, a row a round: sums over the pairs of languages, and means. */
export function formatResults(results: Results): string {
  return Object.entries(results)
    .map(([name, rounds]) => [`**${name}**`, formatRounds(rounds)].join("\n\n"))
    .join("\n\n");
}

/** What each start found at first and at last, a row an experiment. */
export function formatGains(results: Results): string {
  const columns = ["start", "round", "P@1", "best F1", "Tatoeba"];
  const lines = Object.entries(results).map(([name, rounds]) => {
    const [{ mean: first }, { mean: last, round }] = [rounds[0], rounds.at(-1)!];
    const gains = (["precisionAt1", "bestF1", "tatoeba"] as const).map((figure) =>
      first[figure] === undefined ? "" : `${first[figure].toFixed(3)} → ${last[figure]?.toFixed(3)}`,
    );
    return `| ${[name, round, ...gains].join(" | ")} |`;
  });
  return [`| ${columns.join(" | ")} |`, "| --- | ---: | ---: | ---: | ---: |", ...lines].join("\n");
}

function formatRounds(rounds: readonly RoundSummary[]): string {
  const measured = rounds.some(({ mean }) => mean.tatoeba !== undefined);
  const columns = measured ? COLUMNS : COLUMNS.slice(0, -1);
  const lines = rounds.map((round) => `| ${[round.round, ...cellsOf(round, measured)].join(" | ")} |`);
  return [`| round | ${columns.join(" | ")} |`, `|${" ---: |".repeat(columns.length + 1)}`, ...lines].join(
    "\n",
  );
}

/** The figures of a round, in the order of the columns; the last one where there is a test set. */
function cellsOf({ pairs, mean }: RoundSummary, measured: boolean): string[] {
  const sum = (count: "found" | "training") =>
    Object.values(pairs).reduce((all, pair) => all + pair[count], 0);
  const shares = [mean.precision, mean.precisionAt1, mean.bestF1, ...(measured ? [mean.tatoeba] : [])];
  const counts = [sum("found"), sum("training")].map((count) => count.toLocaleString("en"));
  return [...counts, ...shares.map((share) => share?.toFixed(3) ?? "")];
}
