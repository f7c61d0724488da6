import { Digits } from "./exact-values.js";

/**
 * A value of Parquet as JSON: numbers with all their digits, times as ISO 8601 has them, bytes in base64.
 *
 * @param onLost called for what JSON cannot hold, a number or a time that is not finite, which becomes null
 */
export function jsonOf(value: unknown, onLost: () => void): string {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Digits) return value.text;
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString("base64"));
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return `[${Array.from(value as ArrayLike<unknown>, (one) => jsonOf(one, onLost)).join(",")}]`;
  if (typeof value === "number" || value instanceof Date) {
    if (!Number.isFinite(Number(value))) onLost();
    return JSON.stringify(value);
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  return `{${Object.entries(value)
    .map(([name, found]) => `${JSON.stringify(name)}:${jsonOf(found, onLost)}`)
    .join(",")}}`;
}
