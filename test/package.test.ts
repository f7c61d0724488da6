import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import test from "ava";
import { linksOf } from "./readmes/find.js";

const WEIGHTS = "src/embed/builtin/model.safetensors";

const listed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
  encoding: "utf8",
  stdio: ["ignore", "pipe", "ignore"],
});
const [{ files }] = JSON.parse(listed) as [{ files: { path: string }[] }];
const paths = files.map(({ path }) => path);

(existsSync(WEIGHTS) ? test : test.skip)("the package holds the built-in encoder's weights", (t) => {
  t.true(paths.includes(WEIGHTS));
});

test("the package holds the model that tells languages", (t) => {
  t.true(paths.includes("src/clean/language/builtin.ftz"));
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
