import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { openRescorer } from "../../src/rescore/open-rescorer.js";
import type { TextPair } from "../../src/rescore/rescorer.js";

const FOLDERS = "test/rescore/folders";

interface Reference {
  pairs: TextPair[];
  scores: number[];
  dense?: number[];
  sparse?: number[];
  colbert?: number[];
}

for (const name of ["bert", "xlm-roberta", "bge-m3"])
  test(`${name}: every score is within 1e-4 of the Python library's, whatever shares its batch`, async (t) => {
    const folder = join(FOLDERS, name);
    const reference: Reference = JSON.parse(readFileSync(join(folder, "reference.json"), "utf8"));
    const rescorer = await openRescorer(folder);
    const values = await rescorer.measure(reference.pairs);
    await rescorer.close();
    const width = rescorer.parts.length;
    for (const [i, pair] of reference.pairs.entries()) {
      const parts = values.subarray(i * width, (i + 1) * width);
      const close = (found: number, expected: number, what: string) =>
        t.true(Math.abs(found - expected) < 1e-4, `${what} of ${pair.join(" | ")}: ${found}, not ${expected}`);
      close(rescorer.scoreOf(parts), reference.scores[i], "score");
      for (const [j, part] of rescorer.parts.entries())
        if (part !== "logit") close(parts[j], reference[part]![i], part);
    }
  });
