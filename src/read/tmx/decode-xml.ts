import { say } from "../../wording.js";
import { decodeUtf8 } from "../decode-utf8.js";
import { BrokenInput, SKIP } from "../faults.js";

const UTF16: readonly (readonly [hex: RegExp, encoding: string])[] = [
  [/^fffe|^3c003f00|^3c00[0-9a-f]{2}00/, "utf-16le"],
  [/^feff|^003c003f|^003c00/, "utf-16be"],
];

/**
 * The text of an XML document in UTF-8 or UTF-16, with or without a byte-order mark. Its first bytes decide, since many
 * tools write one encoding and declare another.
 *
 * @throws BrokenInput at the first bad byte, when the text before it has been given
 */
export async function* decodeXml(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<string> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  const head = first.done ? Buffer.alloc(0) : first.value;
  const all = resume(head, iterator);
  const encoding = UTF16.find(([hex]) => hex.test(head.toString("hex", 0, 4)))?.[1];
  if (encoding) return yield* decodeUtf16(all, encoding, path);
  for await (const { text } of decodeUtf8(all, path)) yield text;
}

async function* resume(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* decodeUtf16(
  chunks: AsyncIterable<Buffer>,
  encoding: string,
  path: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let byte = 0;
  const decode = (chunk?: Buffer): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      const problem = `invalid ${encoding.toUpperCase()} after this byte.`;
      throw new BrokenInput({ path, byte }, problem, {
        advice: say`Export the file again, or pass ${SKIP} to keep what comes before.`,
        cause,
      });
    }
  };
  for await (const chunk of chunks) {
    yield decode(chunk);
    byte += chunk.length;
  }
  yield decode();
}
