import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test from "ava";
import { linksOf } from "./readmes/find.js";

const WEIGHTS = ["model.safetensors", "unigram.safetensors"].map((name) => `src/embed/builtin/${name}`);

/**
 * Empty files of the same names, of what is built a report's alone: what a package holds is told by names, and npm
 * compresses all.
 */
const stand = mkdtempSync(join(tmpdir(), "crisscross-test-"));
test.after.always(() => rmSync(stand, { recursive: true }));
for (const path of [".", "src", "test", "samples", "pipelines", "dist/src/report"].flatMap((folder) =>
  filesIn(folder),
)) {
  mkdirSync(dirname(join(stand, path)), { recursive: true });
  if (path === "package.json") copyFileSync(path, join(stand, path));
  else writeFileSync(join(stand, path), "");
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: folder !== ".", withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

const listed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
  cwd: stand,
  encoding: "utf8",
  stdio: ["ignore", "pipe", "ignore"],
});
const [{ files }] = JSON.parse(listed) as [{ files: { path: string }[] }];
const paths = files.map(({ path }) => path);

(existsSync(WEIGHTS[0]) ? test : test.skip)("the package holds the built-in encoder's weights", (t) => {
  for (const path of WEIGHTS) t.true(paths.includes(path), path);
});

test("the package holds the model that tells languages", (t) => {
  t.true(paths.includes("src/clean/language/builtin.ftz"));
});

test("the package holds the module that sums words to tell languages", (t) => {
  t.true(paths.includes("src/clean/language/fasttext/sum-words.wasm"));
});

test("the package holds the module that search collects by", (t) => {
  t.true(paths.includes("src/runtime/rows/rows.wasm"));
  t.true(paths.includes("src/search/threads/collect.wasm"));
});

test("the package holds the script of a report's page and its licences, but not what it is bundled from", (t) => {
  const bundle = ["page.js", "page.css"].map((name) => `dist/src/report/bundle/${name}`);
  for (const path of [...bundle, "src/report/LICENSE"]) t.true(paths.includes(path), path);
  t.deepEqual(
    paths.filter((path) => path.startsWith("dist/src/report/page/")),
    [],
  );
});

test("the package's pages link to nothing that it does not hold", (t) => {
  const pages = paths.filter((path) => path.endsWith(".md"));
  t.true(pages.includes("README.md") && pages.includes("src/score/README.md"));
  for (const page of pages)
    t.deepEqual(
      linksOf(page).filter(({ path }) => !paths.includes(path)),
      [],
      page,
    );
});
