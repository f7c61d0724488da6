import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "ava";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

/** Every command that takes a folder; X stands for it. */
const COMMANDS = [
  "select X",
  "criss status X",
  "merge X -o Y",
  "evaluate bucc X",
  "evaluate tatoeba X",
  "evaluate xsim X",
  "evaluate bucc --source a --target b --gold c --run X",
];

for (const command of COMMANDS)
  test(`${command.replace(" X", " FOLDER")} tells that there is no such folder, or that it is a file`, async (t) => {
    const folder = await temporaryFolder(t);
    const file = join(folder, "file");
    await writeFile(file, "1\t1\n");
    const runOn = (path: string) =>
      crisscross(
        command
          .replace(/\b[abc]\b/g, file)
          .replace("Y", join(folder, "out"))
          .split(" ")
          .map((word) => (word === "X" ? path : word)),
      );
    const gone = await runOn(join(folder, "gone"));
    t.is(gone.code, 1, gone.stderr);
    t.regex(gone.stderr, /gone: no such folder\./);
    const isFile = await runOn(file);
    if (command.startsWith("evaluate xsim")) return;
    t.is(isFile.code, 1, isFile.stderr);
    t.regex(isFile.stderr, /file: is a file; expected a folder\./);
  });

test("a path without an encoder's folder is told as a folder that is not there, a name as no encoder", async (t) => {
  const path = await crisscross(["encoders", "show", "./models/none"]);
  t.regex(path.stderr, /\.\/models\/none: no such folder\./);
  t.regex((await crisscross(["encoders", "show", "none"])).stderr, /none: no such encoder\./);
});

const MAKING = [
  "mine samples/town.de samples/town.en --run",
  "criss samples/town.de samples/town.en --run",
  "extract samples/town.warc.gz -o",
  "split samples/town.de-en.tsv --test 2 --dev 2 -o",
];

/** Runs a program with a disk of its own at this path, which is read-only. */
const onReadOnly = (path: string, program: readonly string[]) =>
  spawnSync("unshare", ["-m", "sh", "-c", 'mount -t tmpfs -o ro none "$0" && exec "$@"', path, ...program], {
    encoding: "utf8",
  });

const mayMount = onReadOnly("samples", ["true"]).status === 0;

for (const command of MAKING)
  (mayMount ? test : test.skip)(`${command} NEW says where a disk is read-only`, (t) => {
    const disk = temporaryFolder(t);
    const missing = join(disk, "new");
    for (const folder of [missing, join(missing, "run")]) {
      const argv = ["dist/cli/crisscross.js", ...command.split(" "), folder];
      const { status, stderr } = onReadOnly(disk, [process.execPath, ...argv]);
      t.deepEqual([status, stderr], [1, `crisscross: ${missing}: the disk is read-only.\n`]);
    }
  });
