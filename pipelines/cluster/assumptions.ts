import { CANDIDATES, TILED, WET } from "./rates.js";

/** What the costs take for granted, as a list in Markdown. */
export const ASSUMPTIONS = [
  "Cores are those of an AMD EPYC with AVX-512; for an inverted file, of one without. Rates were measured at up to 100,000 sentences a side, by the benchmarks that `rates.ts` names; nothing was tried at these sizes.",
  "What a job holds for each sentence is drawn out from 20,000 and 80,000.",
  `Sentences have ${WET / 2} bytes, dumps as much text in other languages, and no sentence is in several dumps. A source has ${CANDIDATES} candidates.`,
  "An inverted file has 4 · √sentences clusters, 65,535 at most, and looks at 50. What share of the neighbours that finds was measured at up to 200,000 sentences.",
  `In tiles it takes ${TILED} times what one search of all does, as at 300,000 sentences (1.69 at 100,000): longer lists lose less.`,
  "What is read is counted for each job that reads it.",
]
  .map((line) => `- ${line}`)
  .join("\n");
