import type { Key } from "./manifest.js";

/** A field of a key that is not the same in two, with both values as text. */
export interface Difference {
  /** Its name, after those of the fields that it lies in. */
  name: string;
  before: string;
  after: string;
}

/** Which fields of two keys differ. */
export function differencesBetween(before: Key, after: Key): Difference[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    if (isKey(was) && isKey(is))
      return differencesBetween(was, is).map((field) => ({ ...field, name: `${name}: ${field.name}` }));
    return [{ name, before: show(was), after: show(is) }];
  });
}

/** The same in words: `k was 4 and is 8`. */
export function changesBetween(before: Key, after: Key): string[] {
  return differencesBetween(before, after).map(
    ({ name, before, after }) => `${name} was ${before} and is ${after}`,
  );
}

function isKey(value: unknown): value is Key {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const HASH = /\b([0-9a-f]{8})[0-9a-f]{56}\b/g;

function show(value: unknown): string {
  if (value === undefined) return "not given";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.replace(HASH, "$1…");
}
