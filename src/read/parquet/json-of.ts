/** A value of Parquet as JSON: whole numbers with all their digits, times as ISO 8601 has them, bytes in base64. */
export function jsonOf(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString("base64"));
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return `[${Array.from(value as ArrayLike<unknown>, jsonOf).join(",")}]`;
  if (typeof value !== "object" || value === null || value instanceof Date)
    return JSON.stringify(value) ?? "null";
  return `{${Object.entries(value)
    .map(([name, found]) => `${JSON.stringify(name)}:${jsonOf(found)}`)
    .join(",")}}`;
}
