import { ModelError } from "../errors.js";
import { note } from "../wording.js";
import type { HubContext } from "./hub-context.js";
import { Unavailable } from "./refused.js";

const TRIES = 5;
/** Without any connection the user is told after fewer tries. */
const TRIES_UNREACHED = 3;
const FIRST_WAIT_MS = 1000;
/** A server that asks for a longer wait is reported to the user. */
const MOST_PATIENCE_MS = 300_000;

/**
 * Tries until it works, waiting twice as long each time, or as long as the server asks.
 *
 * @param progress what grows when a try has brought something: tries are counted from the last growth
 * @throws ModelError that names what is asked for, when it has failed too often; whatever else the attempt throws
 */
export async function retry<T>(
  what: string,
  { settings, wait, signal, tell }: HubContext,
  attempt: () => Promise<T>,
  progress: () => number = () => 0,
): Promise<T> {
  let [failures, reached] = [0, progress()];
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      if (progress() > reached) failures = 0;
      // A server that starts again each time brings nothing new.
      reached = Math.max(reached, progress());
      const ms = error.afterMs ?? FIRST_WAIT_MS * 2 ** failures;
      const tries = error.status === undefined && reached === 0 ? TRIES_UNREACHED : TRIES;
      if (++failures >= tries || ms > MOST_PATIENCE_MS) throw failure(what, error, failures, ms);
      const seconds = Math.ceil(ms / 1000);
      tell(note(`${settings.endpoint} ${error.message}; trying again in ${seconds} s`));
      await wait(ms, signal);
    }
  }
}

function failure(what: string, cause: Unavailable, failures: number, ms: number): ModelError {
  const { message, status, afterMs } = cause;
  const often = failures > 1 ? `, ${failures} times in a row` : "";
  if (status === 429) {
    const wait = afterMs === undefined ? "some minutes" : `${Math.ceil(ms / 1000)} s`;
    const advice = `Try again in ${wait}; with a token in HF_TOKEN more are allowed.`;
    return new ModelError(`${what}: the hub asks for fewer requests (429${often}).`, { advice, cause });
  }
  const first = status === undefined ? "Connect to the network and try again" : "Try again later";
  const advice = `${first}; what has come so far is kept.`;
  return new ModelError(`${what}: the hub ${message}${often}.`, { advice, cause });
}
