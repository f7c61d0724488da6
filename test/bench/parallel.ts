import { readdirSync, writeFileSync } from "node:fs";
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

/** The first `count` distinct lines of each side of `parallel/`: English, and all other languages together. */
export async function distinctParallel(count: number): Promise<{ other: string[]; english: string[] }> {
  const seen = { other: new Set<string>(), english: new Set<string>() };
  for (const name of readdirSync(sharedPath("data/parallel"))) {
    for (const row of await readParallel(name.slice(3, 5))) {
      for (const side of ["other", "english"] as const) {
        const text = row[side].trim();
        if (text !== "" && seen[side].size < count) seen[side].add(text);
      }
    }
    if (seen.other.size === count && seen.english.size === count) break;
  }
  return { other: [...seen.other], english: [...seen.english] };
}

/** The same as two files of a folder, a line each. */
export async function writeDistinctParallel(
  count: number,
  folder: string,
): Promise<{ source: string; target: string }> {
  const { other, english } = await distinctParallel(count);
  const write = (name: string, texts: string[]) => {
    const path = join(folder, `${name}-${count}.txt`);
    writeFileSync(path, `${texts.join("\n")}\n`);
    return path;
  };
  return { source: write("other", other), target: write("english", english) };
}
