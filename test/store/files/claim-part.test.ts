import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { claimPart } from "../../../src/store/files/claim-part.js";
import { partName } from "../../../src/store/files/whole-file.js";
import { temporaryFolder } from "../../temporary-folder.js";

test("a part is its work's own; those of other work and half-written ones are removed", async (t) => {
  const folder = temporaryFolder(t);
  const output = join(folder, "out");
  const own = await claimPart(output, { seed: 1 });
  const other = await claimPart(output, { seed: 2 });
  const foreign = join(folder, ".another.0123456789abcdef.part");
  for (const path of [own, other, foreign, partName(own), partName(other), partName(foreign)])
    writeFileSync(path, "");
  t.is(await claimPart(output, { seed: 1 }), own);
  t.deepEqual(
    readdirSync(folder).sort(),
    [own, foreign, partName(foreign)].map((path) => path.slice(folder.length + 1)).sort(),
  );
});
