import { readSentences } from "../../src/index.js";

export type Row = readonly [english: string, other: string];

/** Shorter sentences say too little, and longer ones are cut anyway. */
const [LEAST_CHARACTERS, MOST_CHARACTERS] = [12, 400];

/**
 * Rows of which no side stands in another row, so that gold is all that is true.
 *
 * @param file `origin⇥English⇥other`
 * @param origin of rows, if not any
 */
export async function readRows(file: string, origin?: string): Promise<Row[]> {
  const rows: Row[] = [];
  const seen = new Set<string>();
  for await (const batch of readSentences(file, { format: "text" }))
    for (const { text } of batch) {
      const [from, english, other] = text.split("\t").map((field) => field.trim());
      if (origin !== undefined && from !== origin) continue;
      const sides = [english, other];
      if (sides.some(({ length }) => length < LEAST_CHARACTERS / 2 || length > MOST_CHARACTERS)) continue;
      if (english.length < LEAST_CHARACTERS || sides.some((side) => seen.has(side))) continue;
      for (const side of sides) seen.add(side);
      rows.push([english, other]);
    }
  return rows;
}
