import type { BuccTask, Report } from "../../src/index.js";

/** What was mined, by its name. */
export type MiningTasks = readonly Pick<BuccTask, "name">[];

/** Accuracy by language, the mean of both directions, and then the mean of all. */
export function tatoebaTable(tatoeba: Report): string {
  const rows = tatoeba.rows.filter(({ name }) => !name.startsWith("mean"));
  const means = rows.map((row) => ({ name: row.name, mean: both(row) }));
  const overall = means.reduce((sum, { mean }) => sum + mean, 0) / means.length;
  const cells = [...means, { name: `mean of ${means.length}`, mean: overall }];
  return `| Tatoeba, both directions | accuracy |\n| --- | ---: |\n${cells.map(({ name, mean }) => `| ${name} | ${mean.toFixed(3)} |`).join("\n")}`;
}

function both({ figures }: Report["rows"][number]): number {
  return (figures["accuracy x→en"].value + figures["accuracy en→x"].value) / 2;
}

/** Best F1 by task and margin, and then the means. */
export function miningTable(mining: Report, tasks: MiningTasks): string {
  const f1 = (name: string) =>
    mining.rows.find((row) => row.name === name)!.figures["best F1"].value.toFixed(3);
  const lines = tasks.map(
    ({ name }) => `| ${name} | ${f1(`${name} ratio max`)} | ${f1(`${name} distance max`)} |`,
  );
  const mean = `mean of ${tasks.length}`;
  lines.push(`| ${mean} | ${f1(`${mean}, ratio max`)} | ${f1(`${mean}, distance max`)} |`);
  return `| mining, best F1 | ratio | distance |\n| --- | ---: | ---: |\n${lines.join("\n")}`;
}
