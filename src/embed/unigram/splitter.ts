import type { PreTokenizerJson } from "./tokenizer-json.js";

/** What SentencePiece writes for a space, at the start of a word. */
export const MARK = "▁";

/** How a text falls into words. */
export interface Splitter {
  /** For each UTF-16 unit 0, or `GAP` where it stands between words, or `OPENS` where it begins one and stands for ▁. */
  readonly kinds: Uint8Array;
  /** Whether a word that has no ▁ of its own gets one: each, only at the start of the text, or none. */
  readonly prepend: "always" | "first" | "never";
}

export const GAP = 1;
const OPENS = 2;

/** The characters with the Unicode property White_Space, all in the basic plane. */
const WHITESPACE =
  "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

/** Reads Metaspace, alone or after WhitespaceSplit; anything else gives nothing. */
export function parseSplitter(json: PreTokenizerJson | null | undefined): Splitter | undefined {
  const steps = json?.type === "Sequence" ? (json.pretokenizers ?? []) : json ? [json] : [];
  const metaspace = steps.at(-1);
  const atWhitespace = steps.length === 2 && steps[0].type === "WhitespaceSplit";
  if (metaspace?.type !== "Metaspace" || (steps.length !== 1 && !atWhitespace)) return undefined;
  if (metaspace.replacement !== MARK || metaspace.split === false) return undefined;

  const prepend = metaspace.prepend_scheme ?? "always";
  if (prepend !== "always" && prepend !== "first" && prepend !== "never") return undefined;
  if (metaspace.add_prefix_space === false && prepend !== "never") return undefined;
  if (prepend === "first" && atWhitespace) return undefined;

  const kinds = new Uint8Array(0x10000);
  if (atWhitespace) for (const space of WHITESPACE) kinds[space.charCodeAt(0)] = GAP;
  else kinds[32] = OPENS;
  kinds[MARK.charCodeAt(0)] = OPENS;
  return { kinds, prepend };
}
