import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { claimUnfinished } from "../../../src/store/files/unfinished.js";
import { temporaryPath } from "../../../src/store/files/whole-file.js";
import { temporaryFolder } from "../../temporary-folder.js";

for (const ending of [".part", ".resume"] as const)
  test(`${ending}: unfinished work is known by its own key; that of other work and half-written files are removed`, async (t) => {
    const folder = temporaryFolder(t);
    const output = join(folder, "out");
    const own = await claimUnfinished(output, { seed: 1 }, ending);
    const other = await claimUnfinished(output, { seed: 2 }, ending);
    const foreign = join(folder, `.out.other.0123456789abcdef${ending}`);
    for (const path of [
      own,
      other,
      foreign,
      temporaryPath(own),
      temporaryPath(other),
      temporaryPath(foreign),
    ])
      writeFileSync(path, "");
    t.is(await claimUnfinished(output, { seed: 1 }, ending), own);
    t.deepEqual(
      readdirSync(folder).sort(),
      [own, foreign, temporaryPath(foreign)].map((path) => path.slice(folder.length + 1)).sort(),
    );
  });
