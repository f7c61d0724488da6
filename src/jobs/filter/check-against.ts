import type { z } from "zod";
import { nearestName } from "../../text/nearest-name.js";
import type { Fault, Path } from "./fault.js";

/**
 * What a schema makes of a value.
 *
 * @throws InputError with the place of what it does not take
 */
export function checkAgainst<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  path: Path,
  fault: Fault,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = [...path, ...(issue.path as (string | number)[])];
  if (issue.code !== "unrecognized_keys")
    throw fault(at, issue.message.replace(/^(?:Invalid|Too) \w+: /, ""));
  const [key] = issue.keys;
  const known = Object.keys((schema as unknown as z.ZodObject).shape);
  throw fault([...at, key], "there is no such option", {
    advice: `${didYouMean(nearestName(key, known))}Known are ${known.join(", ") || "none"}.`,
    part: "name",
  });
}

/** A question for another name, if there is one. */
export const didYouMean = (name: string | undefined) => (name === undefined ? "" : `Did you mean ${name}? `);
