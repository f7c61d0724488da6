import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes the two sides of `other⇥English` into files of their own. */
export function writeTestSet(pairs: string, folder: string): { other: string; english: string } {
  const rows = readFileSync(pairs, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  const [other, english] = [0, 1].map((side) => {
    const path = join(folder, side === 0 ? "test.other" : "test.english");
    writeFileSync(path, `${rows.map((row) => row[side]).join("\n")}\n`);
    return path;
  });
  return { other, english };
}
