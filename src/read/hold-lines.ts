import { Interface } from "node:readline";
import { OptionError } from "../errors.js";

const held = new WeakSet<Interface>();

/**
 * Keeps the lines of `node:readline`, which it emits from the start and drops until somebody listens. To be called before
 * anything is waited for.
 */
export function holdLines(source: unknown): void {
  if (!(source instanceof Interface) || held.has(source) || hasEnded(source)) return;
  // The iterator is one for all callers, and listens from now on.
  source[Symbol.asyncIterator]();
  held.add(source);
}

/** @throws OptionError for an interface whose lines are gone, which would never tell its end */
export function refuseEnded(source: unknown, name: string): void {
  if (source instanceof Interface && hasEnded(source) && !held.has(source))
    throw new OptionError(`${name} is an interface of node:readline that is closed already.`, {
      advice: "Make it in the call itself: it drops the lines that come before it is read.",
    });
}

/** The types of Node 20 do not have it. */
const hasEnded = (source: Interface): boolean => (source as Interface & { closed?: boolean }).closed === true;
