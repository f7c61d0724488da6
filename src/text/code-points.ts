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
