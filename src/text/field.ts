/** The value at a path such as `content.text` or `pages.0.text`, undefined where there is none. */
export function readField(value: unknown, path: string): unknown {
  let found = value;
  for (const key of path.split(".")) {
    // Only what the document holds: not the length of a string, nor anything inherited.
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

/** What was found in place of what was looked for: "missing", "null", "a number", "an object" … */
export function describeValue(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "bigint") return "a number";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
