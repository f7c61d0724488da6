import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { ExecutionContext } from "ava";
import { type EncoderOptions, openEncoder } from "../../src/embed/open-encoder.js";
import type { Encoder } from "../../src/types/encoder.js";

/** An encoder whose token vectors are (token number, 1); `transformer_folder.py` made it. */
export const TRANSFORMER = resolve("test/embed/transformer");

/** Static encoders that Model2Vec and sentence-transformers wrote; `static_reference.py` made them. */
export const staticFolder = (name: string) => resolve("test/embed/static", name);

/** A copy of an encoder's folder that the test may spoil. */
export function copyOf(folder: string, t: ExecutionContext): string {
  const copy = mkdtempSync(join(tmpdir(), "crisscross-encoder-"));
  cpSync(folder, copy, { recursive: true });
  t.teardown(() => rmSync(copy, { recursive: true }));
  return copy;
}

/** Opens an encoder that is closed when the test ends. */
export async function open(
  folder: string,
  t: ExecutionContext,
  options: EncoderOptions = {},
): Promise<Encoder> {
  const encoder = await openEncoder(folder, options);
  t.teardown(() => encoder.close?.());
  return encoder;
}

/** Changes fields of a configuration file, which is made if it is not there. */
export function editJson(folder: string, name: string, fields: Record<string, unknown>): void {
  const path = join(folder, name);
  const before = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  writeFileSync(path, JSON.stringify({ ...before, ...fields }));
}

/** Folders of Transformers that sentence-transformers wrote; `module_folders.py` made them. */
const MODULES = resolve("test/embed/modules");
const SHARED = "bert";
export const MODULE_FOLDERS = readdirSync(MODULES).filter((name) => name !== SHARED);

/** A folder with what all of them share and what it has of its own, and the vectors of the library. */
export function moduleFolder(name: string, t: ExecutionContext): { folder: string; reference: Reference } {
  const folder = copyOf(join(MODULES, SHARED), t);
  cpSync(join(MODULES, name), folder, { recursive: true });
  const reference: Reference = JSON.parse(readFileSync(join(folder, "reference.json"), "utf8"));
  for (const file of reference.without) rmSync(join(folder, file), { force: true });
  return { folder, reference };
}

interface Reference {
  texts: string[];
  /** Files that the folder lacks. */
  without: string[];
  vectors: number[][];
  /** The vectors of texts that are encoded for a task, by its name. */
  tasks?: Record<string, number[][]>;
}
