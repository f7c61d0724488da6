/**
 * Best F1 on the mining sets, one language a line.
 *
 *   npm run bench mining -- [--encoder FOLDER] [--variant NAME] [--languages de,fr]
 */
import { readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { bestF1 } from "../../src/evaluate/bucc.js";
import { mine } from "../../src/index.js";
import { describeMachine } from "./machine.js";
import { sharedPath } from "./shared.js";

const folder = sharedPath("data/mining");
const { values } = parseArgs({
  options: { encoder: { type: "string" }, variant: { type: "string" }, languages: { type: "string" } },
});
const all = readdirSync(folder)
  .filter((name) => name.endsWith(".gold"))
  .map((name) => name.slice(0, 2));
const languages = values.languages?.split(",") ?? all;

console.log(`${describeMachine()} · ratio, k = 4, max · ${values.encoder ?? "ngram"}`);
console.log("language  best F1  precision  recall  threshold  time");
let sum = 0;
for (const language of languages) {
  const stem = `${folder}/${language}-en.dev`;
  const gold = new Set(readFileSync(`${stem}.gold`, "utf8").trimEnd().split("\n"));
  const start = performance.now();
  const predictions: { score: number; correct: boolean }[] = [];
  const pairs = mine(`${stem}.${language}`, `${stem}.en`, {
    encoder: values.encoder,
    variant: values.variant,
    read: { format: "bucc" },
  });
  for await (const { score, source, target } of pairs) {
    for (const x of source.ids)
      for (const y of target.ids) predictions.push({ score, correct: gold.has(`${x}\t${y}`) });
  }
  const best = bestF1(predictions, gold.size);
  sum += best.f1;
  const figures = [best.f1, best.precision, best.recall, best.threshold].map((figure) => figure.toFixed(3));
  const seconds = (performance.now() - start) / 1000;
  console.log(`${language}        ${figures.join("    ")}   ${seconds.toFixed(1)} s`);
}
console.log(`mean      ${(sum / languages.length).toFixed(3)}`);
