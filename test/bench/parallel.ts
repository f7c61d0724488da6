import { join } from "node:path";
import { readSentences } from "../../src/index.js";
import { sharedPath } from "./shared.js";

/** A row of the training pairs: where it comes from, and both sides. */
export interface ParallelRow {
  origin: string;
  english: string;
  other: string;
}

/** All rows of one language of `parallel/`. */
export async function readParallel(language: string): Promise<ParallelRow[]> {
  const rows: ParallelRow[] = [];
  const path = join(sharedPath("data/parallel"), `en-${language}.tsv.xz`);
  for await (const batch of readSentences(path, { format: "text" })) {
    for (const { text } of batch) {
      const [origin, english, other] = text.split("\t");
      rows.push({ origin, english, other });
    }
  }
  return rows;
}
