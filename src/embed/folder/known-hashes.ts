import { createHash } from "node:crypto";
import { open, readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { InputError } from "../../errors.js";
import { BlobHash } from "../../hub/blob-hash.js";
import { blobOf } from "../../hub/blob-of.js";
import { damagedListed, readSumsList } from "../../store/files/sums-list.js";
import { explainModelFile } from "../../store/files/unreadable.js";
import { readUpTo } from "../../store/files/whole-io.js";
import { CONFIGURATION, type Needs, neededFiles } from "./needed-files.js";

/** Compares a file's content with its hash while something reads it. */
export interface Comparison {
  update(chunk: Uint8Array): void;
  /** @throws InputError if the content is another */
  end(): void;
}

/** Which files of an encoder's folder are known by their hashes, and how they are compared; by their paths. */
export type KnownHashes = ReadonlyMap<string, () => Promise<Comparison>>;

const CHUNK_BYTES = 2 ** 20;

/**
 * Notes what tells whether the files of a folder are as they came: the names that the hub's cache gives them, or the
 * folder's `SHA256SUMS`. None is read.
 *
 * @throws InputError that names the line that is none of a list
 */
export async function knownHashes(folder: string): Promise<KnownHashes> {
  const known = new Map<string, () => Promise<Comparison>>();
  for (const [file, sum] of (await readSumsList(folder)) ?? [])
    known.set(join(folder, file), async () => compareSum(join(folder, file), sum));
  if (basename(dirname(folder)) !== "snapshots") return known;
  for (const file of await readdir(folder, { recursive: true })) {
    const path = join(folder, file);
    const blob = await blobOf(path);
    if (blob !== undefined) known.set(path, () => compareBlob(path, blob));
  }
  return known;
}

/**
 * Compares what is needed of an encoder's folder, as far as it is known.
 *
 * @throws InputError for a file that is damaged; ModelError as `neededFiles`, and for a file that cannot be read
 */
export async function checkNeeded(
  { path, name }: { path: string; name: string },
  known: KnownHashes,
  options: Needs,
): Promise<void> {
  if (known.size === 0) return;
  for (const file of CONFIGURATION) await checkKnown(join(path, file), known);
  const files = [...known.keys()].map((file) => relative(path, file).split(sep).join("/"));
  for (const file of await neededFiles(name, path, files, options).catch(checkSettings))
    await checkKnown(join(path, file), known);

  /** Settings that cannot be understood may be damaged. */
  async function checkSettings(error: unknown): Promise<never> {
    for (const file of files.filter((name) => name.endsWith(".json")))
      await checkKnown(join(path, file), known);
    throw error;
  }
}

async function checkKnown(path: string, known: KnownHashes): Promise<void> {
  if (known.has(path)) await readThrough(path, known, () => {});
}

/**
 * Reads a file, and compares it on the way if it is known.
 *
 * @param use gets each chunk, which is valid until it returns
 * @throws InputError if it is damaged; ModelError if it cannot be read
 */
export async function readThrough(
  path: string,
  known: KnownHashes,
  use: (chunk: Buffer) => void,
): Promise<void> {
  try {
    const comparison = await known.get(path)?.();
    await using file = await open(path);
    // A stream takes new memory for each chunk, which costs as much as reading does.
    const memory = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    for (let read = await readUpTo(file, memory); read > 0; read = await readUpTo(file, memory)) {
      const chunk = memory.subarray(0, read);
      comparison?.update(chunk);
      use(chunk);
    }
    comparison?.end();
  } catch (error) {
    throw explainModelFile(path, error);
  }
}

function compareSum(path: string, sum: string): Comparison {
  const hash = createHash("sha256");
  return {
    update: (chunk) => void hash.update(chunk),
    end: () => {
      if (hash.digest("hex") !== sum) throw damagedListed(path);
    },
  };
}

async function compareBlob(path: string, blob: string): Promise<Comparison> {
  const hash = new BlobHash(basename(blob), (await stat(blob)).size);
  return {
    update: (chunk) => hash.update(chunk),
    end: () => {
      if (hash.name() === basename(blob)) return;
      throw new InputError(
        { path },
        "is damaged: its content is not what its name in the hub's cache says.",
        {
          advice: `Remove ${blob}; it is fetched again when it is needed.`,
        },
      );
    },
  };
}
