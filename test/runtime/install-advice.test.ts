import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { adviseAdding, adviseCompiling } from "../../src/runtime/install-advice.js";
import { temporaryFolder } from "../temporary-folder.js";

const NAME = "hnswlib-node";

async function project(t: ExecutionContext, ...signs: string[]): Promise<string> {
  const folder = temporaryFolder(t);
  for (const sign of signs) {
    await mkdir(dirname(join(folder, sign)), { recursive: true });
    await writeFile(join(folder, sign), "");
  }
  return folder;
}

for (const { sign, add, compile } of [
  { sign: "node_modules/.package-lock.json", add: /^Run npm install hnswlib-node$/, compile: /npm rebuild/ },
  { sign: "node_modules/.modules.yaml", add: /^Run pnpm add hnswlib-node$/, compile: /--allow-build=/ },
  { sign: "node_modules/.yarn-integrity", add: /^Run yarn add hnswlib-node$/, compile: /^Install/ },
  { sign: "node_modules/.yarn-state.yml", add: /^Run yarn add hnswlib-node$/, compile: /^Install/ },
  { sign: "bun.lock", add: /^Run bun add hnswlib-node$/, compile: /bun add --trust/ },
  { sign: "bun.lockb", add: /^Run bun add hnswlib-node$/, compile: /bun add --trust/ },
]) {
  test(`where ${sign} lies above the package, the advice is for its manager`, async (t) => {
    const folder = join(await project(t, sign), "node_modules", "crisscross", "dist");
    t.regex(adviseAdding(NAME, folder), add);
    t.regex(adviseCompiling(NAME, folder), compile);
  });
}

test("a project of pnpm in which npm was at work before is one of pnpm", async (t) => {
  const folder = await project(t, "node_modules/.package-lock.json", "node_modules/.modules.yaml");
  t.regex(adviseAdding(NAME, folder), /pnpm add/);
});

test("the nearest project counts, not one above it", async (t) => {
  const folder = await project(t, "bun.lock", "inner/node_modules/.package-lock.json");
  t.regex(adviseAdding(NAME, join(folder, "inner")), /npm install/);
});

test("where nothing tells the manager, no command is guessed", async (t) => {
  t.is(adviseCompiling(NAME, await project(t)), "Install hnswlib-node and let its install script run");
});
