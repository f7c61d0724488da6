import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

test("embed takes the built-in encoder unless another is named", async (t) => {
  const output = join(temporaryFolder(t), "a.npy");
  const { code, stderr } = await crisscross(["embed", "-", "-o", output], "A mill grinds corn.\n");
  t.is(code, 0, stderr);
  const { space, centre } = JSON.parse(readFileSync(`${output}.json`, "utf8"));
  t.true(space.startsWith("builtin-"));
  t.true(centre);
});
