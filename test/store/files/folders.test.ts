import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import test from "ava";
import { OptionError, OutputError } from "../../../src/errors.js";
import { makeFolder } from "../../../src/store/files/make-folder.js";
import { findFolderPlace, writeNewFolder } from "../../../src/store/files/new-folder.js";
import { makeTemporaryFolder } from "../../../src/store/files/temporary-folder.js";
import { temporaryFolder } from "../../temporary-folder.js";

const fill = async (staging: string) => {
  writeFileSync(join(staging, "a"), "new");
  mkdirSync(join(staging, "b"));
};

test("an empty folder is filled and stays the same one, so that a shell can stand in it", async (t) => {
  const root = temporaryFolder(t);
  const folder = join(root, "out");
  mkdirSync(folder);
  const { ino } = statSync(folder);
  await writeNewFolder(folder, fill);
  t.is(statSync(folder).ino, ino);
  t.deepEqual(readdirSync(folder).sort(), ["a", "b"]);
  t.deepEqual(readdirSync(root), ["out"]);
});

test("a folder that has been filled meanwhile stays, unless it may be replaced", async (t) => {
  const root = temporaryFolder(t);
  const folder = join(root, "out");
  mkdirSync(folder);
  writeFileSync(join(folder, "a"), "old");
  writeFileSync(join(folder, "c"), "old");
  await t.throwsAsync(writeNewFolder(folder, fill), { instanceOf: OptionError, message: /is not empty/ });
  t.is(readFileSync(join(folder, "a"), "utf8"), "old");
  await writeNewFolder(folder, fill, { replace: true });
  t.deepEqual(readdirSync(folder).sort(), ["a", "b"]);
  t.is(readFileSync(join(folder, "a"), "utf8"), "new");
  t.deepEqual(readdirSync(root), ["out"]);
});

test("a link to what is not there yet is followed, one to itself and a file are refused", async (t) => {
  const root = temporaryFolder(t);
  mkdirSync(join(root, "elsewhere"));
  symlinkSync("elsewhere/out", join(root, "link"));
  t.deepEqual(await findFolderPlace(join(root, "link")), {
    path: join(root, "elsewhere", "out"),
    entries: [],
  });
  symlinkSync("loop", join(root, "loop"));
  await t.throwsAsync(findFolderPlace(join(root, "loop")), {
    instanceOf: OutputError,
    message: /leads to itself/,
  });
  writeFileSync(join(root, "file"), "");
  await t.throwsAsync(findFolderPlace(join(root, "file")), { instanceOf: OptionError, message: /is a file/ });
});

test("a temporary folder goes when it is disposed of, and one of a killed process with the next", async (t) => {
  const place = temporaryFolder(t);
  const { TMPDIR } = process.env;
  process.env.TMPDIR = place;
  t.teardown(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  });
  const living = await makeTemporaryFolder();
  const gone = spawnSync("true").pid.toString(36);
  const left = basename(living.path).replace(/^(crisscross-\w+-)[0-9a-z]+/, `$1${gone}`);
  mkdirSync(join(place, left));
  writeFileSync(join(place, left, "text"), "confidential");
  symlinkSync(place, join(place, left.replace(/.$/, "+")));
  mkdirSync(join(place, "crisscross-else"));
  {
    await using next = await makeTemporaryFolder();
    t.true(existsSync(next.path));
    t.deepEqual(
      readdirSync(place).toSorted(),
      [living.path, next.path, left.replace(/.$/, "+"), "crisscross-else"]
        .map((path) => basename(path))
        .toSorted(),
    );
  }
  await living[Symbol.asyncDispose]();
  t.deepEqual(readdirSync(place).toSorted(), [left.replace(/.$/, "+"), "crisscross-else"].toSorted());
});

test("a folder is made with those that it lies in, once, and through no file", async (t) => {
  const root = temporaryFolder(t);
  t.true(await makeFolder(join(root, "a", "b", "c")));
  t.false(await makeFolder(join(root, "a", "b", "c")));
  t.false(await makeFolder(join(root, "a", "b", "")));
  symlinkSync("a", join(root, "link"));
  t.true(await makeFolder(join(root, "link", "d")));
  t.deepEqual(readdirSync(join(root, "a")), ["b", "d"]);
  writeFileSync(join(root, "file"), "");
  await t.throwsAsync(makeFolder(join(root, "file")), {
    instanceOf: OutputError,
    message: /file: is a file; expected a folder/,
  });
  await t.throwsAsync(makeFolder(join(root, "file", "a", "b")), {
    instanceOf: OutputError,
    message: /file\/a: the path leads through a file/,
  });
});

test("a link that leads to no folder is named as what no folder can be made through", async (t) => {
  const root = temporaryFolder(t);
  symlinkSync("gone/x", join(root, "dangling"));
  symlinkSync("loop", join(root, "loop"));
  for (const below of ["", "a", "a/b"]) {
    await t.throwsAsync(makeFolder(join(root, "dangling", below)), {
      instanceOf: OutputError,
      message: /\/dangling: is a link that leads nowhere; expected a folder, or a name that is not taken/,
    });
    await t.throwsAsync(makeFolder(join(root, "loop", below)), {
      instanceOf: OutputError,
      message: /\/loop: is a link that leads to itself/,
    });
  }
});
