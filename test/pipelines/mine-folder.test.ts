import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import test from "ava";
import { crisscross } from "../cli/terminal.js";
import { temporaryFolder } from "../temporary-folder.js";

function mineFolder(...argv: string[]) {
  return spawnSync("pipelines/mine-folder.sh", argv, {
    encoding: "utf8",
    env: { ...process.env, CRISSCROSS: `${process.execPath} dist/cli/crisscross.js` },
  });
}

test("mine-folder mines every language with the pivot, and leaves what is there", async (t) => {
  const folder = temporaryFolder(t);
  cpSync("samples/town.en", join(folder, "en.txt"));
  cpSync("samples/town.de", join(folder, "de.txt"));
  writeFileSync(join(folder, "fr.txt.gz"), gzipSync(readFileSync("samples/town.fr")));

  t.is(mineFolder(folder, "en", "--threshold", "1.35", "--quiet").status, 0);
  t.deepEqual(readdirSync(join(folder, "bitext")), ["de-en.tsv.gz", "fr-en.tsv.gz"]);
  for (const language of ["de", "fr"]) {
    const bitext = gunzipSync(readFileSync(join(folder, "bitext", `${language}-en.tsv.gz`))).toString();
    const mined = await crisscross([
      "mine",
      `samples/town.${language}`,
      "samples/town.en",
      "--threshold",
      "1.35",
    ]);
    t.is(bitext, mined.stdout);
  }

  const before = statSync(join(folder, "bitext", "de-en.tsv.gz")).mtimeMs;
  const again = mineFolder(folder, "en");
  t.deepEqual([again.status, again.stderr], [0, ""]);
  t.is(statSync(join(folder, "bitext", "de-en.tsv.gz")).mtimeMs, before);
});

test("mine-folder says what it lacks", (t) => {
  const folder = temporaryFolder(t);
  t.is(mineFolder(folder).status, 2);
  const { status, stderr } = mineFolder(folder, "en");
  t.is(status, 1);
  t.regex(stderr, /has no en\.txt/);
});
