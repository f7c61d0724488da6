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

/**
 * What was gained by distance over the encoder that was compared with: the mean, and its 95 % interval from those of the
 * languages, whose sentences are not the same.
 */
function gainOf({ rows }: Report): string {
  const gains = rows.flatMap(({ name, figures }) => {
    const gain = /^\w\w distance/.test(name) ? figures["F1 gained"] : undefined;
    return gain?.interval
      ? [{ value: gain.value, halfWidth: (gain.interval.high - gain.interval.low) / 2 }]
      : [];
  });
  if (gains.length === 0) return "";
  const mean = gains.reduce((sum, { value }) => sum + value, 0) / gains.length;
  const halfWidth = Math.hypot(...gains.map((gain) => gain.halfWidth)) / gains.length;
  return `${mean.toFixed(3)} ± ${halfWidth.toFixed(3)}`;
}

function table(header: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}
