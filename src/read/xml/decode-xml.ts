import { say } from "../../wording.js";
import { decodeUtf8 } from "../decode-utf8.js";
import { BrokenInput, SKIP } from "../faults.js";
import { peek } from "../peek.js";

const UTF16: readonly (readonly [hex: RegExp, encoding: string])[] = [
  [/^fffe|^3c003f00|^3c00[0-9a-f]{2}00/, "utf-16le"],
  [/^feff|^003c003f|^003c00/, "utf-16be"],
];

/**
 * The text of an XML document in UTF-8 or UTF-16, with or without a byte-order mark. Its first bytes decide, since many
 * tools write one encoding and declare another.
 *
 * @param mend gives the text that stands for a bad byte, or throws
 * @throws BrokenInput at the first bad byte, when the text before it has been given
 */
export async function* decodeXml(
  chunks: AsyncIterable<Buffer>,
  path: string,
  mend?: (fault: BrokenInput) => string,
): AsyncGenerator<string> {
  const { head, all } = await peek(chunks);
  const encoding = UTF16.find(([hex]) => hex.test(head.toString("hex", 0, 4)))?.[1];
  if (encoding) return yield* decodeUtf16(all, { encoding, path, mend });
  for await (const { text } of decodeUtf8(all, path, mend)) yield text;
}

interface Utf16 {
  encoding: string;
  path: string;
  mend?: (fault: BrokenInput) => string;
}

/** Half a character without its other half. */
const LONE = /\p{Cs}/gu;

async function* decodeUtf16(
  chunks: AsyncIterable<Buffer>,
  { encoding, path, mend }: Utf16,
): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  let byte = 0;
  const broken = (at: number) =>
    new BrokenInput({ path, byte: at }, `invalid ${encoding.toUpperCase()} at this byte.`, {
      advice: say`Export the file again, or pass ${SKIP} to keep what comes before.`,
    });
  const decode = function* (bytes: Buffer): Generator<string> {
    const little = encoding === "utf-16le" ? bytes : Buffer.from(bytes).swap16();
    const text = little.toString("utf16le", byte === 0 && little.readUInt16LE(0) === 0xfeff ? 2 : 0);
    const before = byte + bytes.length - 2 * text.length;
    let done = 0;
    for (const { index } of text.matchAll(LONE)) {
      yield text.slice(done, index);
      const fault = broken(before + 2 * index);
      if (!mend) throw fault;
      yield mend(fault);
      done = index + 1;
    }
    yield text.slice(done);
    byte += bytes.length;
  };
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    const whole = bytes.subarray(0, completeLength(bytes, encoding));
    rest = bytes.subarray(whole.length);
    if (whole.length > 0) yield* decode(whole);
  }
  if (rest.length > 1) yield* decode(rest.subarray(0, 2));
  if (rest.length % 2 === 0) return;
  const fault = broken(byte);
  if (!mend) throw fault;
  yield mend(fault);
}

/** The length of `bytes` without half a unit, or half a character, at their end. */
function completeLength(bytes: Buffer, encoding: string): number {
  const even = bytes.length - (bytes.length % 2);
  if (even === 0) return 0;
  const high = bytes[encoding === "utf-16le" ? even - 1 : even - 2];
  return high >= 0xd8 && high <= 0xdb ? even - 2 : even;
}
