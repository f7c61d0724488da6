import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { dedupPairs, extractSentences, mine, scorePairs } from "crisscross";

// The rows of a database would do as well: records with a text, and whatever else goes with it.
const german = extractSentences(["samples/town.warc.gz"], { languages: ["de"] });
const english = createInterface({ input: createReadStream("samples/town.en") });

const pairs = dedupPairs(mine(german, english, { read: { fields: ["url"] } }));
for await (const { score, source, target } of scorePairs(pairs, { score: "adequacy" }))
  if (score > 0.8) console.log(score.toFixed(3), source.fields?.url.at(0), source.text, "=", target.text);
