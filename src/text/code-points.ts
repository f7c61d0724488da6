/** The code points of a text. */
export function codesOf(text: string): Uint32Array {
  const codes = new Uint32Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i)!;
    if (code > 0xffff) i++;
    codes[length++] = code;
  }
  return codes.subarray(0, length);
}

/** How many code points a text has, or `enough` once it has that many. */
export function countCodes(text: string, enough = Number.POSITIVE_INFINITY): number {
  let count = 0;
  for (let i = 0; i < text.length && count < enough; count++) i += text.codePointAt(i)! > 0xffff ? 2 : 1;
  return count;
}
