import { readFile } from "node:fs/promises";
import { mine } from "crisscross";

interface Row {
  id: string;
  text: string;
}

/** Rows a page at a time, as a cursor of any database gives them; here the lines of a file are the table. */
async function* rowsOf(table: string, pageSize = 100): AsyncGenerator<Row> {
  const select = async (after: number): Promise<Row[]> => {
    const lines = (await readFile(table, "utf8")).trimEnd().split("\n");
    return lines.map((text, i) => ({ id: `row ${i + 1}`, text })).slice(after, after + pageSize);
  };
  for (let after = 0; ; after += pageSize) {
    const page = await select(after);
    if (page.length === 0) return;
    yield* page;
  }
}

// The identifiers come back with the pairs, so that they can be written into a table of their own.
const [source, target] = process.argv.slice(2);
for await (const pair of mine(rowsOf(source), rowsOf(target)))
  console.log(pair.source.ids.join(), "=", pair.target.ids.join(), pair.score.toFixed(3));
