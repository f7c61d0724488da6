/** A program of the package's user, which must compile against its types without the package's own settings. */
import { type MineOptions, mine, openEncoder, readPairs, scoreBitext } from "crisscross";

const options: MineOptions = {
  threshold: 1.1,
  encoder: await openEncoder("ngram"),
  signal: AbortSignal.timeout(1000),
};
for await (const { score, source } of mine("town.de", "town.en", options))
  console.log(score.toFixed(2), source.text);
for await (const batch of readPairs("pairs.tsv", { onSkip: ({ place }) => console.log(place.line) }))
  console.log(batch.length);
await scoreBitext("pairs.tsv", "scored.tsv", {
  onEvent: (event) => console.log(event.kind === "progress" ? event.done : event.kind),
});

// @ts-expect-error: what the library asks the hub for is no option of mining
export const wrong: MineOptions = { weights: false };
