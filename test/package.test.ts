import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import test from "ava";

const WEIGHTS = "src/embed/builtin/model.safetensors";

(existsSync(WEIGHTS) ? test : test.skip)("the package holds the built-in encoder's weights", (t) => {
  const listed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ files }] = JSON.parse(listed) as [{ files: { path: string }[] }];
  t.true(files.some(({ path }) => path === WEIGHTS));
});
