import { Digits } from "./exact-values.js";

/** Stands for a text whose bytes are no UTF-8, where a text with U+FFFD would pass for one. */
export class NoText {}

/** What JSON cannot hold: a number that is not finite, a time that no calendar has, a text that is no UTF-8. */
export type Unheld = "value" | "time" | "text";

/**
 * A value of Parquet as JSON: numbers with all their digits, times as ISO 8601 has them, bytes in base64.
 *
 * @param onLost called for what JSON cannot hold, which becomes null
 */
export function jsonOf(value: unknown, onLost: (what: Unheld) => void): string {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Digits) return value.text;
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
  return `{${Object.entries(value)
    .map(([name, found]) => `${JSON.stringify(name)}:${jsonOf(found, onLost)}`)
    .join(",")}}`;
}
