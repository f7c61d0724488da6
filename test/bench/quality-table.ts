import type { Report } from "../../src/index.js";

export const RESULTS = "test/bench/results/quality.json";

/** What `quality` measured, an entry an encoder. */
export interface QualityResults {
  encoders: Record<string, { machine: string; tatoeba: Report; mining: Report }>;
}

/** The README's tables of quality, in Markdown: an overview, and best F1 by language. */
export function formatQualityTables({ encoders }: QualityResults): string {
  const labels = Object.keys(encoders);
  const figure = (report: Report, row: string, column: string) =>
    report.rows.find(({ name }) => name.startsWith(row))!.figures[column].value.toFixed(3);
  const overview = labels.map((label) => {
    const { tatoeba, mining } = encoders[label];
    const mean = `mean of all ${tatoeba.rows.filter(({ name }) => !name.startsWith("mean")).length}`;
    return [
      label,
      figure(tatoeba, mean, "accuracy x→en"),
      figure(tatoeba, mean, "accuracy en→x"),
      figure(tatoeba, mean, "xsim x→en"),
      figure(mining, "mean of 16, ratio", "best F1"),
      figure(mining, "mean of 16, distance", "best F1"),
      gainOf(mining),
    ];
  });
  const header = ["encoder", "Tatoeba x→en", "en→x", "xsim", "mining F1, ratio", "distance", "gained"];
  const languages = encoders[labels[0]].mining.rows.flatMap(
    ({ name }) => /^(\w\w) ratio max$/.exec(name)?.[1] ?? [],
  );
  const byLanguage = languages.map((language) => [
    language,
    ...labels.map((label) => figure(encoders[label].mining, `${language} ratio`, "best F1")),
  ]);
  return `${table(header, overview)}\n\n${table(["best F1, ratio", ...labels], byLanguage)}`;
}

/** What was gained by distance over the encoder that was compared with, and its 95 % interval. */
function gainOf({ rows }: Report): string {
  const { value, interval } =
    rows.find(({ name }) => name.startsWith("mean of 16, distance"))!.figures["F1 gained"] ?? {};
  if (value === undefined || !interval) return "";
  return `${value.toFixed(3)} [${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]`;
}

function table(header: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}
