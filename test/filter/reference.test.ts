import { readFileSync } from "node:fs";
import test from "ava";
import { RULES } from "../../src/filter/rules.js";
import { judgeTexts, openRule } from "./open-rule.js";

interface Reference {
  opusfilter: { rule: string; options: object; values: (number | number[] | string)[]; kept: boolean[] }[];
  bicleaner: { languages: [string, string]; broken: string[][] }[];
}

/** Made by `reference.py` with OpusFilter 3.3.1 and bicleaner-hardrules 2.10.8. */
const reference: Reference = JSON.parse(readFileSync("test/filter/reference.json", "utf8"));
const pairs = readFileSync("test/filter/reference-pairs.tsv", "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => line.split("\t"));

for (const { rule: name, options, values, kept } of reference.opusfilter) {
  test(`${name} ${JSON.stringify(options)} keeps what OpusFilter's keeps, and measures the same`, async (t) => {
    const rule = await openRule(name, options);
    for (const [index, [source, target]] of pairs.entries()) {
      const verdict = judgeTexts(rule, source, target);
      const message = `${source} · ${target}`;
      t.deepEqual(rounded(verdict.value), rounded(values[index]), message);
      t.is(verdict.kept, kept[index], message);
    }
  });
}

for (const { languages, broken } of reference.bicleaner) {
  test(`Bicleaner's rules between ${languages.join(" and ")} reject what they reject there`, async (t) => {
    for (const { name } of RULES.filter(({ origin }) => origin === "Bicleaner hardrules")) {
      const rule = await openRule(name, {}, { languages });
      for (const [index, [source, target]] of pairs.entries()) {
        if (source === "" || target === "") continue;
        t.is(
          !judgeTexts(rule, source, target).kept,
          broken[index].includes(name),
          `${name}: ${source} · ${target}`,
        );
      }
    }
  });
}

/** To six decimals; OpusFilter has a list of one value for rules of both sides. */
function rounded(value: number | readonly number[] | string): string {
  const list = Array.isArray(value) ? value : [value];
  return list
    .map((one) => (one === "inf" ? "Infinity" : Number(one).toFixed(6).replace("-0.000000", "0.000000")))
    .join(" ");
}
