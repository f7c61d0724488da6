import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { temporaryFolder } from "../temporary-folder.js";

test("mine-folder tells languages to an encoder that is named in either form", (t) => {
  const encoder = "test/pipelines/translators/mbart";
  for (const named of [[`--encoder=${encoder}`], ["--encoder", encoder]]) {
    const folder = temporaryFolder(t);
    for (const language of ["de", "en"]) {
      const lines = readFileSync(`samples/town.${language}`, "utf8").split("\n").slice(0, 20);
      writeFileSync(join(folder, `${language}.txt`), lines.join("\n"));
    }
    const env = { ...process.env, CRISSCROSS: `${process.execPath} dist/cli/crisscross.js` };
    const argv = [folder, "en", ...named];
    const { status, stderr } = spawnSync("pipelines/mine-folder.sh", argv, { encoding: "utf8", env });
    t.is(status, 0, stderr);
    t.regex(stderr, /languages de_DE and en_XX/);
  }
});
