import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { crisscross } from "../cli/terminal.js";
import { temporaryFolder } from "../temporary-folder.js";
import { townDump } from "./town-dump.js";

const linesOf = (text: string) => text.trimEnd().split("\n");

/** F1 of the pairs in the second and third columns of rows. */
function f1Of(rows: readonly string[], gold: ReadonlySet<string>): number {
  const found = new Set(rows.map((row) => row.split("\t").slice(1, 3).join("\t")));
  const right = [...found].filter((pair) => gold.has(pair)).length;
  return (2 * right) / (found.size + gold.size);
}

test("from a dump, pages give better pairs than all their sentences together, even at the best threshold of these", async (t) => {
  const folder = temporaryFolder(t);
  const { bytes, gold } = townDump();
  const dump = join(folder, "a.warc.gz");
  writeFileSync(dump, bytes);
  const extracted = async (unit: string) => {
    const output = join(folder, unit);
    const { code, stderr } = await crisscross([
      "extract",
      dump,
      "--unit",
      unit,
      "--languages",
      "de,en",
      "-o",
      output,
    ]);
    t.is(code, 0, stderr);
    return ["de", "en"].map((language) => join(output, `${language}.jsonl.zst`));
  };
  const mined = await crisscross(["mine", ...(await extracted("sentence"))]);
  const aligned = await crisscross(["align", ...(await extracted("page")), "--pages", "auto"]);
  t.is(aligned.code, 0, aligned.stderr);
  const rows = linesOf(mined.stdout);
  const atBest = Math.max(...rows.map((_, i) => f1Of(rows.slice(0, i + 1), gold)));
  const ofPages = f1Of(linesOf(aligned.stdout), gold);
  t.true(ofPages >= atBest + 0.05, `${ofPages} of pages, ${atBest} of mine at its best threshold`);
});
