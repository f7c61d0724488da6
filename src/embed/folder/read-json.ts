import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { ModelError } from "../../errors.js";

// biome-ignore lint/suspicious/noExplicitAny: the fields are checked where they are used
type Settings = Record<string, any>;

/**
 * A configuration file, or nothing where it is absent.
 *
 * @throws ModelError if it is not JSON
 */
export async function readJson(path: string): Promise<unknown> {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new ModelError(`${path}: not JSON: ${(cause as Error).message}`, { cause });
  }
}

/**
 * The fields of a configuration file; none where it is absent.
 *
 * @throws ModelError if it is not JSON, or no object
 */
export async function readSettings(path: string): Promise<Settings> {
  const value = await readJson(path);
  if (value === undefined) return {};
  checkObject(path, "", value);
  return value;
}

/** @throws ModelError if a value is not an object of JSON */
export function checkObject(path: string, name: string, value: unknown): asserts value is Settings {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  throw new ModelError(`${path}: ${name && `${name} `}is ${JSON.stringify(value)}; expected an object.`);
}

/**
 * A field that counts something; nothing where it is absent or null.
 *
 * @throws ModelError if it is not a whole number from 1
 */
export function readCount(path: string, name: string, value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (Number.isInteger(value) && (value as number) >= 1) return value as number;
  throw new ModelError(`${path}: ${name} is ${JSON.stringify(value)}; expected a whole number from 1.`);
}
