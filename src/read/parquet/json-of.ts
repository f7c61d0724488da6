import { readField } from "../../text/field.js";

/** A value by the text that JSON has for it: a number with digits that a double may lose, or JSON of the file's own. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** Stands for a text whose bytes are no UTF-8, where a text with U+FFFD would pass for one. */
export class NoText {}

/** What JSON cannot hold: a number that is not finite, a time that no calendar has, a text that is no UTF-8. */
export type Unheld = "value" | "time" | "text";

/**
 * A value of Parquet as JSON: numbers with all their digits, times as ISO 8601 has them, bytes in base64, and a map as an
 * object whose names are the texts or the JSON of its keys.
 *
 * @param onLost called for what JSON cannot hold, which becomes null
 */
export function jsonOf(value: unknown, onLost: (what: Unheld) => void): string {
  if (typeof value === "bigint") return String(value);
  if (value instanceof JsonText) return value.text;
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString("base64"));
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return `[${Array.from(value as ArrayLike<unknown>, (one) => jsonOf(one, onLost)).join(",")}]`;
  if (typeof value === "number" || value instanceof Date) {
    if (!Number.isFinite(Number(value))) onLost(typeof value === "number" ? "value" : "time");
    return JSON.stringify(value);
  }
  if (value instanceof NoText) {
    onLost("text");
    return "null";
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return `{${entries.map(([key, found]) => `${nameOf(key, onLost)}:${jsonOf(found, onLost)}`).join(",")}}`;
}

/** What a value of Parquet holds where its JSON has something at a path, undefined where there is nothing. */
export function readHeld(value: unknown, path: string): unknown {
  return path.split(".").reduce((found, key) => {
    if (!(found instanceof Map)) return readField(found, key);
    const name = JSON.stringify(key);
    // Of names that stand twice the last counts, as it does for JSON.parse.
    return Array.from(found).findLast(([held]) => nameOf(held, () => {}) === name)?.[1];
  }, value);
}

/** What a key is called in JSON, in quotes. */
function nameOf(key: unknown, onLost: (what: Unheld) => void): string {
  const text = jsonOf(key, onLost);
  return text.startsWith('"') ? text : JSON.stringify(text);
}
