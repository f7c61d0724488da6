import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError, OutputError } from "../../../src/errors.js";
import { recoverFolder } from "../../../src/store/files/exchange-folder.js";
import { noteState, refuseChanges, whileUnchanged } from "../../../src/store/files/file-state.js";
import { holdFolder, holdOutput } from "../../../src/store/files/hold-output.js";
import { HeldError } from "../../../src/store/files/lock.js";
import { moveEntry } from "../../../src/store/files/move-entry.js";
import { sha256Of } from "../../../src/store/files/sha256.js";
import { claimUnfinished } from "../../../src/store/files/unfinished.js";
import { temporaryPath } from "../../../src/store/files/whole-file.js";
import { isOpen, OPEN_FILES } from "../../open-files.js";
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

/** What makes or fills a file by its name, which may be a link that somebody has put there. */
const MAKES = [
  /(?<![.\w])(?:createWriteStream|writeFile|writeFileSync|appendFile|appendFileSync|copyFile|cp)\(/,
  /(?<![.\w])open(?:Sync)?\(.*(?:"[wa]x?\+?"|"r\+"|APPENDING|O_WRONLY|O_RDWR|O_CREAT)/,
];

/** Files of the sources that do so themselves, and why that is well. */
const ALLOWED = {
  "embed/folder/copy-encoder.ts": "to a name that must be new",
  "hub/fetch-blob.ts": "goes on with a download, through no link",
  "jobs/extract/reuse-drafts.ts": "to a name that must be new",
  "store/arrays/keyed-rows.ts": "the rows of the user's own cache stay where they are",
  "store/hashes/bit-file.ts": "in a folder that is made for it",
  "store/hashes/hash-partitions.ts": "in a folder that is made for them",
  "train/file-bags.ts": "in a folder that is made for them",
  "write/text-sink.ts": "devices and named pipes",
};

test("every file is made by store/files, which writes through nobody's link and keeps rights", (t) => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.startsWith("store/files/"),
  );
  const makers = files.filter((name) => {
    const code = readFileSync(join("src", name), "utf8");
    return /from "node:fs/.test(code) && MAKES.some((makes) => makes.test(code));
  });
  t.deepEqual(makers.toSorted(), Object.keys(ALLOWED));
});

const LONG_AGO = new Date("2020-01-01T00:00:00Z");

/** A file that was written long ago, so that any writing shows. */
function oldFile(t: ExecutionContext): string {
  const path = join(temporaryFolder(t), "a.txt");
  writeFileSync(path, "one\n");
  utimesSync(path, LONG_AGO, LONG_AGO);
  return path;
}

(existsSync(OPEN_FILES) ? test : test.skip)("hashing that was aborted before opens no file", async (t) => {
  const path = oldFile(t);
  const signal = AbortSignal.abort(new Error("enough"));
  t.is(await t.throwsAsync(sha256Of(path, signal)), signal.reason);
  t.false(isOpen(path));
});

const refusal = (path: string, problem: RegExp) => ({
  instanceOf: InputError,
  message: new RegExp(
    `^${path}: ${problem.source}, .* Run again when nothing writes it any more, or give a copy\\.$`,
  ),
});

test("a file that nobody touched is not refused, nor is what was none", async (t) => {
  const path = oldFile(t);
  const states = [await noteState(path), await noteState(`${path}.none`), await noteState("/dev/null")];
  t.deepEqual(states.slice(1), [undefined, undefined]);
  await t.notThrowsAsync(refuseChanges(states));
});

test("what changed of a file is told: its size, its time, the file itself, or that it is gone", async (t) => {
  const changes: [RegExp, (path: string) => void][] = [
    [/had 4 bytes at first and has 5 now/, (path) => writeFileSync(path, "other")],
    [/was written again at 20\S+Z/, (path) => writeFileSync(path, "two\n")],
    [
      /is another file than at first/,
      (path) => {
        writeFileSync(`${path}.new`, "one\n");
        utimesSync(`${path}.new`, LONG_AGO, LONG_AGO);
        renameSync(`${path}.new`, path);
      },
    ],
    [/is gone/, (path) => rmSync(path)],
  ];
  for (const [problem, change] of changes) {
    const path = oldFile(t);
    const state = await noteState(path);
    change(path);
    await t.throwsAsync(refuseChanges([state]), refusal(path, problem));
  }
});

test("a time that was set back hides nothing", async (t) => {
  const path = oldFile(t);
  const state = (await noteState(path))!;
  // As if the file had been there for long, whatever the resolution of this disk's clock.
  const before = { ...state, changedNs: state.changedNs - 1_000_000_000n };
  writeFileSync(path, "two\n");
  utimesSync(path, LONG_AGO, LONG_AGO);
  t.is(statSync(path).mtimeMs, LONG_AGO.getTime());
  await t.throwsAsync(refuseChanges([before]), refusal(path, /was changed at 20\S+Z/));
});

test("a file is called what its user calls it", async (t) => {
  const path = oldFile(t);
  const state = await noteState(path, "the pairs");
  rmSync(path);
  await t.throwsAsync(refuseChanges([state]), { message: /^the pairs: is gone/ });
});

test("items come as they are, and a change is told once all have come, or in place of what it led to", async (t) => {
  const path = oldFile(t);
  const state = await noteState(path);
  const items = async function* (fails: boolean) {
    yield 1;
    if (fails) throw new InputError({ path }, "has no line 2.");
  };
  const read = async (fails: boolean, onItem = () => {}) => {
    for await (const item of whileUnchanged(items(fails), [state])) {
      t.is(item, 1);
      onItem();
    }
  };
  await t.notThrowsAsync(read(false));
  await t.throwsAsync(read(true), { message: /has no line 2/ });
  const change = () => writeFileSync(path, "two\n");
  await t.throwsAsync(read(false, change), { message: /was written again/ });
  await t.throwsAsync(read(true, change), { message: /was written again/ });
});

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

const NAMES = ["a", "b", "c"];

function fill(folder: string, text: string): void {
  mkdirSync(folder);
  for (const name of NAMES) writeFileSync(join(folder, name), text);
}

/** As a kill leaves the folder after so many of the six renamings. */
for (let renamings = 0; renamings <= 6; renamings++) {
  test(`an exchange that was killed after ${renamings} of 6 entries is undone or finished, and nothing is left`, async (t) => {
    const root = temporaryFolder(t);
    const [path, next, old, gone] = ["out", ".out.new.part", ".out.old.part", ".out.gone.part"].map((name) =>
      join(root, name),
    );
    fill(path, "old");
    fill(next, "new");
    mkdirSync(old);
    for (const name of NAMES.slice(0, renamings)) renameSync(join(path, name), join(old, name));
    if (renamings > 3) renameSync(old, gone);
    for (const name of NAMES.slice(0, renamings - 3))
      if (renamings > 3) renameSync(join(next, name), join(path, name));
    await recoverFolder(path);
    t.deepEqual(readdirSync(root), ["out"]);
    for (const name of NAMES) t.is(readFileSync(join(path, name), "utf8"), renamings > 3 ? "new" : "old");
  });
}

test("a folder that is no part of an exchange stays as it is", async (t) => {
  const root = temporaryFolder(t);
  fill(join(root, "out"), "old");
  await recoverFolder(join(root, "out"));
  await recoverFolder(join(root, "no"));
  t.deepEqual(readdirSync(join(root, "out")), NAMES);
  t.false(existsSync(join(root, "no")));
});

const OTHER_DISK = ["/dev/shm", "/tmp"].find(
  (path) => existsSync(path) && statSync(path).dev !== statSync(tmpdir()).dev,
);

(OTHER_DISK ? test : test.skip)(
  "what moves to another disk is copied whole, and leaves its place",
  async (t) => {
    const other = mkdtempSync(join(OTHER_DISK!, "crisscross-test-"));
    t.teardown(() => rmSync(other, { recursive: true }));
    const from = join(temporaryFolder(t), "folder");
    mkdirSync(from);
    writeFileSync(join(from, "file"), "text");
    await moveEntry(from, join(other, "folder"));
    t.is(readFileSync(join(other, "folder", "file"), "utf8"), "text");
    t.false(existsSync(from));
  },
);
