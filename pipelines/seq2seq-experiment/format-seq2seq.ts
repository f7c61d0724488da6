import type { RoundSummary } from "../../src/index.js";

/** What a round's training goes on from, as `train.py --from` calls it. */
export const FROM = { start: "there", before: "where the one before ended" };

/** The rounds of both trainers on the same texts. */
export interface Seq2seqResult {
  pretrained: { minutes: number; steps: number; first: string; from: keyof typeof FROM };
  seq2seq: RoundSummary[];
  table: RoundSummary[];
}

const COLUMNS = [
  "round",
  "mined by",
  "pairs",
  "trained on",
  "precision",
  "P@1",
  "best F1",
  "BLEU →en",
  "chrF →en",
  "BLEU en→",
  "chrF en→",
];

/** A table in Markdown for each experiment: BLEU and chrF are of the translator that was trained on the row's pairs. */
export function formatSeq2seq(results: Readonly<Record<string, Seq2seqResult>>): string {
  return Object.entries(results)
    .map(([name, { pretrained, seq2seq, table }]) => {
      const { minutes, steps, first, from } = pretrained;
      const lines = seq2seq.map((round, i) => [
        ...cellsOf(round, round.minedBy ?? "translator"),
        ...scoresOf(seq2seq[i + 1]),
      ]);
      const last = table.at(-1)!;
      lines.push([...cellsOf(last, "table"), ...scoresOf(undefined)]);
      const head = [
        `**${name}**, ${sentencesOf(seq2seq[0])} sentences: ${minutes} minutes on texts alone,`,
        `then ${steps} steps a round, each from ${FROM[from]}; \`${first}\` mined the first one`,
      ].join(" ");
      return [head, toTable(lines)].join("\n\n");
    })
    .join("\n\n");
}

/** All pairs of languages together. */
function sentencesOf({ pairs }: RoundSummary): string {
  const sides = (["source", "target"] as const).map((side) =>
    Object.values(pairs)
      .reduce((sum, { sentences }) => sum + sentences[side], 0)
      .toLocaleString("en"),
  );
  return sides.join(" × ");
}

function cellsOf({ round, pairs, mean }: RoundSummary, minedBy: string): string[] {
  const sum = (count: "found" | "training") =>
    Object.values(pairs)
      .reduce((all, pair) => all + pair[count], 0)
      .toLocaleString("en");
  const shares = [mean.precision, mean.precisionAt1, mean.bestF1].map((share) => share?.toFixed(3) ?? "");
  return [String(round), minedBy, sum("found"), sum("training"), ...shares];
}

/** Into English, then from it; of what the next round was mined by. */
function scoresOf(next: RoundSummary | undefined): string[] {
  const told = Object.entries(next?.told ?? {});
  const of = (pattern: RegExp) => {
    const found = told.find(([name]) => pattern.test(name))?.[1];
    return typeof found === "number" ? found.toFixed(1) : "";
  };
  return [of(/^BLEU .*-en$/), of(/^chrF .*-en$/), of(/^BLEU en-/), of(/^chrF en-/)];
}

function toTable(lines: readonly string[][]): string {
  const rule = COLUMNS.map((_, i) => (i === 1 ? "---" : "---:"));
  return [COLUMNS, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
