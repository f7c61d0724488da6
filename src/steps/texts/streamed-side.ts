import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { SideWriter } from "../../store/corpus/side-writer.js";
import { readSpool, spoolValues } from "../../store/files/value-spool.js";
import { temporaryPath } from "../../store/files/whole-file.js";
import { halvesOf, openHash } from "../../store/hashes/hash-text.js";
import { NumberedHashes } from "../../store/hashes/number-hashes.js";
import type { Stage } from "../../store/run/stage.js";
import type { Sentence } from "../../types/texts.js";
import { noneCounted, readClean, type SideCounts, type SideOptions, sideStage } from "./side.js";
import type { SideText } from "./source-kind.js";

/** A side's sentences in a file, and which of them are the same. */
export interface SpooledSide {
  path: string;
  counts: SideCounts;
  numbers: NumberedHashes;
}

interface StreamedSideOptions extends SideOptions {
  /** The run folder. */
  folder: string;
  memoryBytes: number;
}

/**
 * The stage of a side's sentences, the same files byte for byte, for who needs none of them afterwards: they pass through a
 * file of the run folder, and none are held but those of a batch.
 *
 * Memory: `memoryBytes`.
 */
export function streamedSideStage(text: SideText, options: StreamedSideOptions): Stage<unknown, SpooledSide> {
  const { name, files, from, key } = sideStage(text, options);
  return {
    ...{ name, files, from, key },
    make: () => spoolSide(text, options),
    save: (spooled, folder) => writeSpooled(folder, options.side, spooled, text.read.fields),
    load: async () => {},
  };
}

async function spoolSide(text: SideText, options: StreamedSideOptions): Promise<SpooledSide> {
  const { folder, side, memoryBytes } = options;
  const path = temporaryPath(join(folder, `${side}.sentences`));
  const counts = noneCounted();
  const numbers = new NumberedHashes({ folder, memoryBytes });
  const hash = await openHash();
  const hashed = async function* () {
    for await (const batch of readClean(text, options, counts)) {
      for (const sentence of batch) numbers.add(...halvesOf(hash(sentence.text)));
      yield batch;
    }
  };
  try {
    await spoolValues(path, hashed());
    return { path, counts, numbers };
  } catch (error) {
    await discard({ path, numbers });
    throw error;
  }
}

async function writeSpooled(
  folder: string,
  side: string,
  spooled: SpooledSide,
  fields?: readonly string[],
): Promise<void> {
  const { path, counts } = spooled;
  const hash = createHash("sha256");
  try {
    const numbers = spooled.numbers.numbers();
    await using writer = await SideWriter.open(folder, side);
    for await (const batch of readSpool(path) as AsyncGenerator<Sentence[]>) {
      const places = batch.map(({ line, id, fields: values = [] }) => ({
        text: numbers.next().value as number,
        line,
        id,
        fields: fields && JSON.stringify(values),
      }));
      await writer.write(places, (_, place) => {
        const { text } = batch[place];
        counts.sentences++;
        hash.update(`${text.length} ${text}\n`);
        return text;
      });
    }
    counts.duplicates = spooled.numbers.length - counts.sentences;
    await writer.finish({ textHash: hash.digest("hex"), counts, fields });
  } finally {
    await discard(spooled);
  }
}

async function discard({ path, numbers }: Pick<SpooledSide, "path" | "numbers">): Promise<void> {
  numbers[Symbol.dispose]();
  await rm(path, { force: true });
}
