import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { writeTextDump } from "../dump.js";
import { hashRunFiles } from "../run-files.js";
import { temporaryFolder } from "../temporary-folder.js";
import { killAt } from "./kill-at.js";
import { crisscross } from "./terminal.js";

/** Four files, of which each has a page of the one before. */
function writeFiles(folder: string): string[] {
  const [de, en] = ["de", "en"].map((language) =>
    readFileSync(`samples/town.${language}`, "utf8").trimEnd().split("\n"),
  );
  const pages = Array.from({ length: 26 }, (_, id) => ({
    url: `https://example.org/${id}`,
    id,
    text: [...de.slice(10 * id, 10 * id + 10), ...en.slice(10 * id, 10 * id + 10)].join("\n"),
  }));
  return [0, 1, 2, 3].map((i) => {
    const path = join(folder, `${i}.wet.gz`);
    writeFileSync(path, writeTextDump(pages.slice(6 * i, 6 * i + 7)));
    return path;
  });
}

function command(files: string[], output: string, threads = 1): string[] {
  const argv = ["extract", ...files, "--languages", "de,en", "--near-duplicates", "0.8"];
  return [...argv, "--threads", String(threads), "--quiet", "-o", output];
}

/** What it makes, from early to late. */
const MOMENTS = [
  /files\/.*\.lines\.part$/,
  /files\/[^.]*\.json$/,
  /\/\.de\.jsonl\.zst\.[^/]*part$/,
  /stats\.json/,
];

const inputs = mkdtempSync(join(tmpdir(), "crisscross-test-"));
test.after.always(() => rmSync(inputs, { recursive: true }));
let files: string[] = [];
let expected: Record<string, string> = {};

test.before("a run that nobody kills", async (t) => {
  files = writeFiles(inputs);
  const whole = join(inputs, "whole");
  t.is((await crisscross(command(files, whole))).code, 0);
  expected = hashRunFiles(whole);
});

for (const moment of MOMENTS) {
  test(`kill -9 when ${moment} appears, and the same command again: the same bytes`, async (t) => {
    const killed = join(temporaryFolder(t), "killed");
    await killAt(t, moment, command(files, killed, 2));
    t.is((await crisscross(command(files, killed))).code, 0);
    t.deepEqual(hashRunFiles(killed), expected);
  });
}

test("a disk that fills up is one sentence, and the same command goes on when there is room", async (t) => {
  const output = join(temporaryFolder(t), "out");
  // No file may pass 16 blocks of 1,024 bytes: a draft is the first that would.
  const script = `trap '' XFSZ; ulimit -f 16; exec "${process.execPath}" dist/cli/crisscross.js "$@"`;
  const { status, stderr } = spawnSync("bash", ["-c", script, "bash", ...command(files, output)], {
    encoding: "utf8",
  });
  t.is(status, 1);
  t.regex(
    stderr,
    /^crisscross: .*: files may not become that large here\. No half-written file was left under a final name\.\n$/,
  );
  t.deepEqual(
    readdirSync(join(output, "files")).filter((name) => name.startsWith(".")),
    [],
  );
  t.is((await crisscross(command(files, output))).code, 0);
  t.deepEqual(hashRunFiles(output), expected);
});
