import { createHash, type Hash } from "node:crypto";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { Input } from "../../read/input.js";
import { openBytes } from "../../read/open.js";
import { openText } from "../../read/open-text.js";
import { readSentences } from "../../read/read-sentences.js";
import type { ItemSource } from "../../read/text-items.js";
import { untilAborted } from "../../read/until-aborted.js";
import { type FileState, noteState } from "../../store/files/file-state.js";
import { isPipe } from "../../store/files/is-pipe.js";
import { explainWriteError } from "../../store/files/output-error.js";
import { openNew } from "../../store/files/part.js";
import { sha256Of } from "../../store/files/sha256.js";
import type { TextItem } from "../../types/texts.js";
import { withoutReading } from "./check-reading.js";
import type { SideText } from "./source-kind.js";

/** An input that can be read again, and whose content is known, so that a run can tell whether it changed. */
export interface IdentifiedInput {
  path: string;
  /** SHA-256 of the content. */
  hash: string;
  /** What it was when it was hashed; nothing of the copy of a stream, which nobody else writes. */
  state?: FileState;
  /** Removes the copy of a stream. */
  discard(): Promise<void>;
}

/**
 * Hashes an input. A stream or a named pipe is copied to `spool` meanwhile, since it can be read only once.
 *
 * @throws OutputError if the copy cannot be written
 */
export async function identify(input: Input, spool: string, signal?: AbortSignal): Promise<IdentifiedInput> {
  const isPath = typeof input === "string";
  if (!isPath || (await isPipe(input)))
    return copy(openBytes(input, isPath ? input : "the stream", signal), spool, signal);
  return { path: input, ...(await identifyFile(input, { signal })), discard: async () => {} };
}

/** A file's hash, and what to compare it with once it has been read. */
export async function identifyFile(
  path: string,
  { name, signal }: { name?: string; signal?: AbortSignal } = {},
): Promise<Pick<IdentifiedInput, "hash" | "state">> {
  const state = await noteState(path, name);
  return { hash: await hashFile(path, signal), state };
}

/** A text whose content is known. */
export interface IdentifiedText {
  text: SideText & { hash: string };
  /** Removes the copy of a stream. */
  discard(): Promise<void>;
}

/**
 * The same of a text: one that is known already is not hashed again. Sentences that can be gone through only once are
 * copied, too, as JSON lines.
 *
 * @throws OutputError if the copy of a stream cannot be written
 */
export async function identifyText(
  text: SideText,
  spool: string,
  signal?: AbortSignal,
): Promise<IdentifiedText> {
  const keep = async () => {};
  if (text.hash !== undefined) return { text: { ...text, hash: text.hash }, discard: keep };
  const { source, name, read } = text;
  if (Array.isArray(source)) {
    const hash = createHash("sha256");
    for (const item of source.flat()) hash.update(toLine(item));
    return { text: { ...text, hash: hash.digest("hex") }, discard: keep };
  }
  const ofFormat = text.kind === "bytes" ? read : withoutReading(read);
  const opened = await openText(source, name, { ...ofFormat, signal });
  if (opened.kind === "bytes") {
    const { path, hash, state, discard } = await identify(opened.input, spool, signal);
    return { text: { ...text, source: path, hash, state }, discard };
  }
  const { path, hash, discard } = await copy(asLines(opened.items), spool, signal);
  return { text: { kind: "sentences", name, read, source: readAgain(path), hash }, discard };
}

const asLines = async function* (items: ItemSource) {
  for await (const element of items)
    for (const item of Array.isArray(element) ? element : [element]) yield Buffer.from(toLine(item));
};

/** An item as JSON; one that JSON has no words for is refused when it is read. */
const toLine = (item: unknown) => `${JSON.stringify(item, wholeNumbers) ?? null}\n`;

const wholeNumbers = (_key: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);

async function* readAgain(path: string): AsyncGenerator<TextItem> {
  for await (const batch of readSentences(path, { format: "text" }))
    for (const { text } of batch) yield JSON.parse(text);
}

/** The SHA-256 of a file; of nothing if it cannot be read, which its reader will report. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  try {
    return await sha256Of(path, signal);
  } catch {
    signal?.throwIfAborted();
    return createHash("sha256").digest("hex");
  }
}

async function copy(
  source: AsyncIterable<Uint8Array>,
  spool: string,
  signal?: AbortSignal,
): Promise<IdentifiedInput> {
  const hash = createHash("sha256");
  const discard = () => rm(spool, { force: true });
  let broken: { error: unknown } | undefined;
  const onError = (error: unknown) => {
    broken = { error };
  };
  try {
    const file = await openNew(spool, 0o600);
    await pipeline(hashed(untilAborted(source, signal), hash, onError), file.createWriteStream());
  } catch (error) {
    await discard();
    // What the source throws says nothing of the copy.
    throw broken ? broken.error : explainWriteError(error, spool);
  }
  return { path: spool, hash: hash.digest("hex"), discard };
}

async function* hashed(
  chunks: AsyncIterable<Uint8Array>,
  hash: Hash,
  onError: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  } catch (error) {
    onError(error);
    throw error;
  }
}
