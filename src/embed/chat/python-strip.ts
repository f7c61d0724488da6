/** What Python takes for space: JavaScript has U+FEFF, too, and lacks U+001C to U+001F and U+0085. */
const SPACES = "\t\n\v\f\r\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";

const ENDS = { strip: [true, true], lstrip: [true, false], rstrip: [false, true] } as const;

export type Strip = keyof typeof ENDS;

export const isStrip = (name: string): name is Strip => Object.hasOwn(ENDS, name);

/**
 * A text without the characters at its ends, as Python's methods of these names give it.
 *
 * @param characters those that go @default all space
 */
export function pythonStrip(text: string, ends: Strip, characters?: string): string {
  const [atStart, atEnd] = ENDS[ends];
  const set =
    characters === undefined
      ? SPACES
      : [...characters].map((one) => `\\u{${one.codePointAt(0)!.toString(16)}}`).join("");
  if (set === "") return text;
  const kept = atStart ? text.replace(new RegExp(`^[${set}]+`, "u"), "") : text;
  return atEnd ? kept.replace(new RegExp(`(?<![${set}])[${set}]+$`, "u"), "") : kept;
}
