import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { OutputError } from "../../../src/errors.js";
import { holdFolder, holdOutput } from "../../../src/store/files/hold-output.js";
import { HeldError } from "../../../src/store/files/lock.js";
import { temporaryFolder } from "../../temporary-folder.js";

test("a folder is held under any of its names until it is disposed of", async (t) => {
  const parent = temporaryFolder(t);
  mkdirSync(join(parent, "out"));
  symlinkSync("out", join(parent, "link"));
  {
    await using held = await holdFolder(join(parent, "link"));
    t.is(held.path, join(parent, "out"));
    await t.throwsAsync(holdFolder(join(parent, "out")), { instanceOf: HeldError });
  }
  await using again = await holdFolder(join(parent, "out"));
  t.deepEqual(again.entries, []);
});

test("a folder whose exchange was cut short is brought in order when it is taken", async (t) => {
  const parent = temporaryFolder(t);
  const [folder, old] = [join(parent, "out"), join(parent, ".out.old.part")];
  for (const path of [folder, old]) mkdirSync(path);
  writeFileSync(join(folder, "stayed"), "");
  writeFileSync(join(old, "had left"), "");
  await using held = await holdFolder(folder);
  t.deepEqual(held.entries.toSorted(), ["had left", "stayed"]);
  t.false(existsSync(old));
});

test("what cannot be brought in order is one sentence, and the folder is given back", async (t) => {
  const parent = temporaryFolder(t);
  for (const path of ["out", "out/a", ".out.old.part"]) mkdirSync(join(parent, path));
  writeFileSync(join(parent, ".out.old.part", "a"), "");
  await t.throwsAsync(holdFolder(join(parent, "out")), {
    instanceOf: OutputError,
    message: /out: cannot be written: EISDIR\./,
  });
  t.deepEqual(readdirSync(parent).toSorted(), [".out.old.part", "out"]);
});

test("an exchange that somebody else may have begun is refused by name", async (t) => {
  const parent = temporaryFolder(t);
  mkdirSync(join(parent, "out"));
  symlinkSync(parent, join(parent, ".out.new.part"));
  await t.throwsAsync(holdFolder(join(parent, "out")), {
    instanceOf: OutputError,
    message: /\.out\.new\.part: is a link; expected what an earlier run of yours left\. Remove it\./,
  });
});

test("an error while an output is held gives it back", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "out.npy");
  const fail = async () => {
    await using _held = await holdOutput(path, "out.npy");
    throw new RangeError("of the work");
  };
  await t.throwsAsync(fail(), { instanceOf: RangeError, message: "of the work" });
  t.deepEqual(readdirSync(folder), []);
});
