export const LANGUAGE_RESULTS = "test/bench/results/languages.json";

export interface LanguageResults {
  rows: LanguageRow[];
}

/** What the default chain does with the pairs of a language and English; shares from 0 to 1. */
export interface LanguageRow {
  language: string;
  pairs: number;
  /** Of good pairs, as they are and in capitals. */
  kept: number;
  capitals: number;
  /** Of pairs whose source is in another language that is not near. */
  caught: number;
  /** The language of which the fewest are caught. */
  least: { language: string; caught: number };
}

/** The README's table, and the means below it. */
export function formatLanguageTable({ rows }: LanguageResults): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const mean = (of: (row: LanguageRow) => number) =>
    (rows.reduce((sum, one) => sum + of(one), 0) / rows.length).toFixed(3);
  return [
    row(["language", "pairs", "good kept", "in capitals", "wrong language caught", "least"]),
    row(["---", "---:", "---:", "---:", "---:", "---"]),
    ...rows.map(({ language, pairs, kept, capitals, caught, least }) =>
      row([
        language,
        String(pairs),
        kept.toFixed(3),
        capitals.toFixed(3),
        caught.toFixed(3),
        `${least.language} ${least.caught.toFixed(2)}`,
      ]),
    ),
    row([
      "mean",
      "",
      mean(({ kept }) => kept),
      mean(({ capitals }) => capitals),
      mean(({ caught }) => caught),
      "",
    ]),
  ].join("\n");
}
