import { dirname } from "node:path";
import { HeldError, lock } from "../store/files/lock.js";
import { note } from "../wording.js";
import type { HubContext } from "./hub-context.js";
import { makeInside } from "./refuse-outside.js";
import type { RepositoryCache } from "./repository-cache.js";

const POLL_MS = 500;

/**
 * Runs a task while no other process of ours does so with that repository, and waits for one that does. Python's client
 * does not know the lock and needs none: blobs get their names when they are complete.
 *
 * @throws OutputError if the cache cannot be written
 */
export async function takeTurns<T>(
  cache: RepositoryCache,
  { wait, signal, tell }: HubContext,
  run: () => Promise<T>,
): Promise<T> {
  const { lockPath, repository } = cache;
  await makeInside(cache, dirname(lockPath));
  for (let tries = 0; ; tries++) {
    try {
      await using _lock = await lock(lockPath, repository);
      return await run();
    } catch (error) {
      if (!(error instanceof HeldError)) throw error;
      if (tries === 0) tell(note(`waiting: ${error.message}`));
      await wait(POLL_MS, signal);
    }
  }
}
