import { InputError } from "../errors.js";
import { findUtf16 } from "./charset/utf16.js";

/** How many bytes of byte-order mark `start`, the first bytes of an input, begins with: 3 or none. */
export function byteOrderMarkLength(start: Buffer, path: string): number {
  const [first, second, third] = start;
  if (findUtf16(start)) {
    throw new InputError({ path, byte: 0 }, "looks like UTF-16; expected UTF-8.", {
      advice: "Convert it to UTF-8.",
    });
  }
  return first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0;
}
