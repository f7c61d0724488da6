import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { findSnapshot, pullSnapshot } from "../../src/hub/find-snapshot.js";
import { removeModel } from "../../src/hub/remove-model.js";
import { RepositoryCache } from "../../src/hub/repository-cache.js";
import { lock } from "../../src/store/files/lock.js";
import { contextFor, startServer } from "./contexts.js";

const NAME = { repository: "acme/tiny", revision: "main" };
const [FIRST, SECOND] = ["1", "2"].map((digit) => digit.repeat(40));

const choose = async (_folder: string, files: readonly string[]) => [...files];

test("what was pulled while a removal waited is seen", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, { "config.json": "1" }, { commit: FIRST });
  const hub = contextFor(t, server);
  const { folder } = await findSnapshot(NAME, choose, hub);
  server.add(NAME.repository, { "config.json": "2" }, { commit: SECOND });
  const { lockPath } = new RepositoryCache(hub.settings.cache, NAME.repository);
  const held = await lock(lockPath, "the pull");
  const wait = async () => {
    await held[Symbol.asyncDispose]();
    await pullSnapshot(NAME, choose, hub);
  };
  const { commits } = await removeModel(NAME.repository, FIRST, { ...hub, wait });
  t.deepEqual(commits, [FIRST]);
  t.false(existsSync(folder));
  t.true(existsSync(join(folder, "..", SECOND, "config.json")));
});

test("what cannot be read of another repository, which may be on its way out, is no hindrance", async (t) => {
  const server = await startServer(t);
  server.add(NAME.repository, { "config.json": "1" }, { commit: FIRST });
  const hub = contextFor(t, server);
  await findSnapshot(NAME, choose, hub);
  const other = join(hub.settings.cache, "models--acme--other");
  mkdirSync(join(other, "snapshots", FIRST), { recursive: true });
  writeFileSync(join(other, "refs"), "");
  t.deepEqual((await removeModel(NAME.repository, undefined, hub)).commits, [FIRST]);
});
