import { OptionError } from "./errors.js";
import { nearestName } from "./text/nearest-name.js";

/** Every name of some options; the compiler sees to it that none is missing. */
export type OptionNames<O> = Readonly<Record<keyof O, true>>;

/**
 * Refuses what would be passed over in silence: a misspelt option, or one of another function.
 *
 * @param what whose options they are, such as "mine"
 * @throws OptionError that names the first unknown option, and the nearest known one
 */
export function refuseUnknown<O extends object>(what: string, options: O, names: OptionNames<O>): void {
  if (typeof options !== "object" || options === null)
    throw new OptionError(`The options of ${what} are ${String(options)}; expected an object.`);
  const unknown = Object.entries(options).find(
    ([name, value]) => value !== undefined && !Object.hasOwn(names, name),
  );
  if (!unknown) return;
  const known = Object.keys(names);
  const nearest = nearestName(unknown[0], known);
  throw new OptionError(`${what} has no option ${unknown[0]}.`, {
    advice: nearest === undefined ? `It has ${known.sort().join(", ")}.` : `Is ${nearest} meant?`,
  });
}

/** Of some options those with these names. */
export function pickOptions<O extends object>(options: O, names: OptionNames<O>): O {
  return Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(names, name))) as O;
}
