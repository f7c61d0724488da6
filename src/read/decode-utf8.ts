import { isUtf8 } from "node:buffer";
import { byteOrderMarkLength } from "./byte-order-mark.js";
import { BrokenInput } from "./faults.js";
import { completeUtf8Length, describeInvalidUtf8, findInvalidUtf8, INVALID_UTF8_ADVICE } from "./utf8.js";

/**
 * The text of UTF-8 bytes, a part a chunk with the byte where it starts; characters that two chunks share are whole. A
 * byte-order mark is dropped. For what is not read by lines: there a bad byte costs its line only.
 *
 * @throws InputError if the input is UTF-16; BrokenInput at the first bad byte, when the text before it has been given
 */
export async function* decodeUtf8(
  chunks: AsyncIterable<Buffer>,
  path: string,
  mend: (fault: BrokenInput) => string = giveUp,
): AsyncGenerator<{ text: string; start: number }> {
  let byte = 0;
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    const from = byte === 0 ? byteOrderMarkLength(bytes, path) : 0;
    const whole = bytes.subarray(0, completeUtf8Length(bytes));
    const start = byte;
    let at = from;
    while (at < whole.length) {
      const left = whole.subarray(at);
      const end = at + (isUtf8(left) ? left.length : findInvalidUtf8(left));
      yield { text: whole.toString("utf8", at, end), start: start + at };
      at = end;
      if (end === whole.length) break;
      byte = start + end;
      yield { text: mend(invalid(whole[end])), start: byte };
      at++;
    }
    byte = start + whole.length;
    rest = bytes.subarray(whole.length);
  }
  if (rest.length > 0) yield { text: mend(invalid(rest[0])), start: byte };

  function invalid(bad: number): BrokenInput {
    return new BrokenInput({ path, byte }, describeInvalidUtf8(bad), { advice: INVALID_UTF8_ADVICE });
  }
}

function giveUp(fault: BrokenInput): never {
  throw fault;
}
