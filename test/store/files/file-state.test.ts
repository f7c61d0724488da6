import { renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { InputError } from "../../../src/errors.js";
import { noteState, refuseChanges, whileUnchanged } from "../../../src/store/files/file-state.js";
import { temporaryFolder } from "../../temporary-folder.js";

const LONG_AGO = new Date("2020-01-01T00:00:00Z");

/** A file that was written long ago, so that any writing shows. */
function oldFile(t: ExecutionContext): string {
  const path = join(temporaryFolder(t), "a.txt");
  writeFileSync(path, "one\n");
  utimesSync(path, LONG_AGO, LONG_AGO);
  return path;
}

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
