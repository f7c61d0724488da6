import { filterPairs, mine } from "crisscross";

const pairs = filterPairs(mine("samples/town.de", "samples/town.en"), {
  rules: [
    "no_identical",
    { LengthRatioFilter: { threshold: 1.2, unit: "char" } },
    { calm: ({ target }) => !target.endsWith("!") },
  ],
});
for await (const { score, source, target } of pairs) console.log(score, source.text, "=", target.text);
