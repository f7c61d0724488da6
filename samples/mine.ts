import { mine } from "crisscross";

for await (const { score, source, target } of mine("samples/town.de", "samples/town.en")) {
  if (score < 2.2) break;
  console.log(score.toFixed(3), source.text, "=", target.text);
}
