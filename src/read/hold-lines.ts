import { Interface } from "node:readline";
import { OptionError } from "../errors.js";

const held = new WeakSet<Interface>();

/**
 * Keeps the lines of `node:readline`, which it emits from the start and drops until somebody listens. To be called before
 * anything is waited for.
 *
 * @throws OptionError if it has come to its end, of which it would never tell
 */
export function holdLines(source: unknown, name: string): void {
  if (!(source instanceof Interface) || held.has(source)) return;
  if ((source as Interface & { closed?: boolean }).closed)
    throw new OptionError(`${name} is an interface of node:readline that is closed already.`, {
      advice: "Make it in the call itself: it drops the lines that come before it is read.",
    });
  source[Symbol.asyncIterator]();
  held.add(source);
}
