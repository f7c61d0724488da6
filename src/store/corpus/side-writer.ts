import { rm } from "node:fs/promises";
import { join } from "node:path";
import { NpyWriter } from "../arrays/npy-file.js";
import { temporaryPath, writeWholeText } from "../files/whole-file.js";
import { TextWriter, textFiles } from "./file-texts.js";
import type { Place } from "./places.js";

/** What `NAME.json` tells of a side. */
export interface SideFacts<C> {
  /** SHA-256 of the texts with their lengths. */
  textHash: string;
  counts: C;
  /** Names of the fields that are kept of each place. */
  fields?: readonly string[];
}

export const placesPath = (folder: string, name: string) => join(folder, `${name}.places.npy`);
export const fieldsPath = (folder: string, name: string) => join(folder, `${name}.fields.txt`);
export const idsPath = (folder: string, name: string) => join(folder, `${name}.ids.txt`);

/** Identifiers before the first that there is are written so many at once. */
const BATCH = 4096;

/** Writes `NAME.txt`, its offsets, places, identifiers and fields, and `NAME.json`, some places at a time. */
export class SideWriter implements AsyncDisposable {
  private written = 0;
  private ids: TextWriter | undefined;
  private fields: TextWriter | undefined;

  private constructor(
    private readonly folder: string,
    private readonly name: string,
    private readonly texts: TextWriter,
    private readonly places: NpyWriter<Float64Array>,
  ) {}

  static async open(folder: string, name: string): Promise<SideWriter> {
    const texts = await TextWriter.open(join(folder, `${name}.txt`));
    return new SideWriter(
      folder,
      name,
      texts,
      await NpyWriter.open(temporaryPath(placesPath(folder, name)), "<f8", 2),
    );
  }

  /**
   * Adds places in their order.
   *
   * @param textOf gives a text when it comes for the first time, by its number and that of its place in the batch
   */
  async write(batch: readonly Place[], textOf: (text: number, place: number) => string): Promise<void> {
    const texts: string[] = [];
    for (const [i, { text }] of batch.entries())
      if (text === this.texts.length + texts.length) texts.push(textOf(text, i));
    await this.texts.append(texts);
    await this.places.append(Float64Array.from(batch.flatMap(({ text, line }) => [text, line])));
    const end = batch.findLastIndex(({ id }) => id !== undefined) + 1;
    if (end > 0) await this.writeIds(batch.slice(0, end));
    if (batch[0]?.fields !== undefined) {
      this.fields ??= await TextWriter.open(fieldsPath(this.folder, this.name));
      await this.fields.append(batch.map(({ fields }) => fields!));
    }
    this.written += batch.length;
  }

  /** Gives all files their names; they are complete. */
  async finish<C>({ textHash, counts, fields }: SideFacts<C>): Promise<void> {
    const { folder, name } = this;
    await this.texts.finish();
    await this.places.finish(placesPath(folder, name));
    await finishOrRemove(this.ids, idsPath(folder, name));
    await finishOrRemove(this.fields, fieldsPath(folder, name));
    await writeWholeText(join(folder, `${name}.json`), `${JSON.stringify({ textHash, counts, fields })}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const texts of [this.texts, this.ids, this.fields]) await texts?.[Symbol.asyncDispose]();
    await this.places.close().catch(() => {});
  }

  private async writeIds(places: readonly Place[]): Promise<void> {
    this.ids ??= await TextWriter.open(idsPath(this.folder, this.name));
    while (this.ids.length < this.written)
      await this.ids.append(Array(Math.min(BATCH, this.written - this.ids.length)).fill(""));
    await this.ids.append(places.map(({ id = "" }) => id));
  }
}

async function finishOrRemove(writer: TextWriter | undefined, path: string): Promise<void> {
  if (writer) return writer.finish();
  for (const file of textFiles(path)) await rm(file, { force: true });
}
