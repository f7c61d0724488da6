import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { InputError } from "../../errors.js";
import { explainUnreadable } from "../../store/files/unreadable.js";
import { BrokenInput } from "../faults.js";

/** A zip file and what it holds. */
export interface ZipArchive extends AsyncDisposable {
  /** Its files, in their order, as `folder/name`. */
  names: readonly string[];
  /**
   * The bytes of one of them, which is closed when the reading ends.
   *
   * @throws BrokenInput if they are damaged; InputError if they are encrypted, or packed in a way that is not read
   */
  read(name: string): AsyncGenerator<Buffer>;
}

/**
 * Opens a zip file by its index, which is at its end.
 *
 * @param path what messages call it
 * @throws InputError if it has no index that can be read
 */
export async function openZip(file: string, path = file): Promise<ZipArchive> {
  try {
    const zip = await openPromise(file, { autoClose: false });
    const entries = await listEntries(zip);
    const read = async function* (name: string): AsyncGenerator<Buffer> {
      const entry = entries.get(name)!;
      const place = { path: memberPath(path, name) };
      let sum = 0;
      try {
        if (entry.isEncrypted()) throw new Error("it is encrypted");
        for await (const chunk of await zip.openReadStreamPromise(entry)) {
          sum = crc32(chunk, sum);
          yield chunk;
        }
      } catch (cause) {
        throw new BrokenInput(place, `cannot be unpacked (${(cause as Error).message}).`, {
          advice: "Fetch the file again, or unpack it first.",
          cause,
        });
      }
      if (sum !== entry.crc32)
        throw new BrokenInput(place, "is not what was packed: its checksum is another.");
    };
    return { names: [...entries.keys()], read, [Symbol.asyncDispose]: async () => zip.close() };
  } catch (cause) {
    const wording = explainUnreadable(path, cause);
    if (wording) throw new InputError({ path }, wording.problem, { advice: wording.advice, cause });
    throw new InputError({ path }, `is no zip file, or is cut short (${(cause as Error).message}).`, {
      advice: "Fetch the file again.",
      cause,
    });
  }
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry())
      if (!entry.fileName.endsWith("/")) entries.set(entry.fileName, entry);
    return entries;
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** What messages call a file in a zip file. */
export const memberPath = (zip: string, name: string): string => `${zip}/${name}`;
