import { type Node, parseTree } from "jsonc-parser";
import { OptionError } from "../errors.js";

/** A value for an object: under a key, or under the last of several, each in the object of the one before. */
export interface JsonChange {
  keys: readonly string[];
  value: unknown;
}

/**
 * The text of a JSON object with some values changed, and those it lacks added at its end. All else stays character for
 * character, including what JSON.parse would lose: digits beyond a double's, spaces, escapes. Adding to the object
 * itself costs nothing; any other change costs a pass over the text.
 *
 * @param text is known to be JSON
 * @param object what JSON.parse makes of it
 * @throws OptionError if there is something other than an object where one is needed
 */
export function changeJson(text: string, object: object, changes: readonly JsonChange[]): string {
  const added = new Set<string>();
  return changes.reduce((changed, { keys, value }) => {
    if (Object.hasOwn(object, keys[0]) || added.has(keys[0])) return changeWithin(changed, keys, value);
    added.add(keys[0]);
    return insertMember(changed, changed.lastIndexOf("}"), formatMember(keys, value));
  }, text);
}

/**
 * The characters of the value under keys, of an object that has it: the text is gone through only for those that
 * JSON.parse may have made another of.
 *
 * @param value what JSON.parse made of it
 */
export function jsonAt(text: string, keys: readonly string[], value: unknown): string {
  if (Number.isSafeInteger(value)) return String(value);
  const found = keys.reduce<Node | undefined>((node, key) => node && childOf(node, key), parseTree(text));
  return text.slice(found!.offset, found!.offset + found!.length);
}

function changeWithin(text: string, keys: readonly string[], value: unknown): string {
  let node = parseTree(text)!;
  for (const [depth, key] of keys.entries()) {
    const child = childOf(node, key);
    if (!child) {
      if (node.type !== "object")
        throw new OptionError(
          `"${keys.join(".")}" cannot be written: "${keys.slice(0, depth).join(".")}" is not an object but ${node.type}.`,
          { advice: "Name another field." },
        );
      return insertMember(text, node.offset + node.length - 1, formatMember(keys.slice(depth), value));
    }
    node = child;
  }
  return text.slice(0, node.offset) + JSON.stringify(value) + text.slice(node.offset + node.length);
}

/** Of keys that stand twice the last counts, as it does for JSON.parse. */
function childOf({ type, children = [] }: Node, key: string): Node | undefined {
  if (type === "array") return children.find((_, index) => String(index) === key);
  return children.findLast(({ children: pair }) => pair?.[0].value === key)?.children?.[1];
}

function insertMember(text: string, end: number, member: string): string {
  const before = text.slice(0, end);
  return `${before}${before.trimEnd().endsWith("{") ? "" : ","}${member}${text.slice(end)}`;
}

function formatMember([key, ...below]: readonly string[], value: unknown): string {
  return `${JSON.stringify(key)}:${below.length > 0 ? `{${formatMember(below, value)}}` : JSON.stringify(value)}`;
}
