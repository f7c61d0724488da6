import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** What a file of results holds, by name; nothing where there is none. */
export function readResults<T>(path: string): Record<string, T> {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}

/** Adds a result to those in the file, or replaces the one of that name; numbers with four decimals. */
export function keepResult<T>(path: string, name: string, result: T): void {
  const results = { ...readResults<T>(path), [name]: result };
  const rounded = (_: string, value: unknown) =>
    typeof value === "number" ? Number(value.toFixed(4)) : value;
  writeFileSync(path, `${JSON.stringify(results, rounded, 1)}\n`);
}
