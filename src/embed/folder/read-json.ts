import { readFile } from "node:fs/promises";
import { ModelError } from "../../errors.js";
import { explainModelFile, isThere } from "../../store/files/unreadable.js";

// biome-ignore lint/suspicious/noExplicitAny: the fields are checked where they are used
type Settings = Record<string, any>;

/**
 * A configuration file, or nothing where it is absent.
 *
 * @throws ModelError if it cannot be read, or is not JSON
 */
export async function readJson(path: string): Promise<unknown> {
  if (!isThere(path)) return undefined;
  const text = await readFile(path, "utf8").catch((error) => {
    throw explainModelFile(path, error);
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ModelError(`${path}: is not JSON (${(cause as Error).message}).`, { cause });
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
