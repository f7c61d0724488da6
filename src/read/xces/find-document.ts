import { readdir, stat } from "node:fs/promises";
import { basename, join, normalize } from "node:path";
import { openInput } from "../open.js";
import type { ZipArchive } from "../zip/open-zip.js";

/** A document that is there. */
export interface FoundDocument {
  /** What messages call it. */
  path: string;
  chunks: AsyncIterable<Buffer>;
}

/** Where OPUS keeps the documents of a corpus; `raw` has sentences as they were written, `xml` tokenised ones. */
const LAYERS: readonly string[] = ["", "raw", "xml"];

/**
 * Finds the documents that an alignment names, such as `de/2007/1.xml.gz`: in folders as they are named, compressed or not, or
 * in the layout of OPUS (`Books/xml/de/…`), and in zip files of a language (`de.zip`, `Books_latest_xml_de.zip`).
 */
export class Documents implements AsyncDisposable {
  private readonly zips = new Map<string, Promise<ZipArchive>>();

  /** @param places folders, and zip files */
  constructor(private readonly places: readonly string[]) {}

  /** The document of a name, undefined where there is none; one that leads out of the folders is none. */
  async find(name: string, signal?: AbortSignal): Promise<FoundDocument | undefined> {
    const wanted = normalize(name).replace(/\.gz$/, "");
    if (wanted.startsWith("..") || wanted.startsWith("/")) return undefined;
    for (const place of this.places) {
      const found = place.endsWith(".zip")
        ? await this.findInZip(place, wanted)
        : await this.findInFolder(place, wanted, signal);
      if (found) return found;
    }
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const zip of this.zips.values()) await (await zip)[Symbol.asyncDispose]();
  }

  private async findInFolder(
    folder: string,
    wanted: string,
    signal?: AbortSignal,
  ): Promise<FoundDocument | undefined> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const corpora = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
    for (const root of [folder, ...corpora])
      for (const layer of LAYERS)
        for (const suffix of ["", ".gz"]) {
          const path = join(root, layer, `${wanted}${suffix}`);
          if (await isFile(path)) return { path, chunks: openInput(path, path, signal) };
        }
    const zips = entries.map(({ name }) => name).filter((name) => isZipOf(name, wanted.split("/")[0]));
    for (const name of zips.sort()) {
      const found = await this.findInZip(join(folder, name), wanted);
      if (found) return found;
    }
    return undefined;
  }

  private async findInZip(path: string, wanted: string): Promise<FoundDocument | undefined> {
    const { memberPath, openZip } = await import("../zip/open-zip.js");
    if (!this.zips.has(path)) this.zips.set(path, openZip(path));
    const zip = await this.zips.get(path)!;
    const name = zip.names.find((one) => one === wanted || one.endsWith(`/${wanted}`));
    return name === undefined ? undefined : { path: memberPath(path, name), chunks: zip.read(name) };
  }
}

const isFile = async (path: string) => (await stat(path).catch(() => undefined))?.isFile() === true;

/** Whether a zip file is named by a language. */
function isZipOf(name: string, language: string): boolean {
  const stem = basename(name, ".zip");
  return stem !== name && (stem === language || new RegExp(`[-_.]${literally(language)}$`).test(stem));
}

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
