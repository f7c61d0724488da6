import { Charsmap } from "./charsmap.js";
import { clusters, isLinkedConsonant, joinsNext, joinsPrevious } from "./clusters.js";

const PLAIN = 1;
const MAPPED = 2;
const JOINS_PREVIOUS = 4;
const JOINS_NEXT = 8;
const SURROGATE = 16;

/** Longest clump that is remembered, in UTF-16 units, and how many are. */
const REMEMBERED_LENGTH = 32;
const REMEMBERED = 1 << 15;

/**
 * Replaces characters as a SentencePiece model's character map says.
 *
 * A grapheme cluster of fewer than six UTF-8 bytes is looked up as a whole, by its prefix: marks after a mapped character
 * vanish. Others are looked up character by character. That is what `tokenizers` does (`Precompiled`). Finding clusters is
 * slow, so it is left to clumps: runs in which a character may join its neighbour.
 */
export function mapCharacters(base64: string): (text: string) => string {
  const charsmap = new Charsmap(base64);
  const bmp = new Uint8Array(0x10000);
  bmp.fill(SURROGATE, 0xd800, 0xe000);
  const astral = new Map<number, number>();
  const mapped = new Map<string, string>();

  function kindOf(code: number): number {
    const known = code < 0x10000 ? bmp[code] : astral.get(code);
    if (known) return known;
    const character = String.fromCodePoint(code);
    const isMapped = charsmap.replacement(character) !== undefined;
    // An unmapped consonant gives the same whether it is tied to the cluster before or begins its own.
    const joins = joinsPrevious(character) || (isMapped && isLinkedConsonant(character));
    const kind =
      (isMapped ? MAPPED : 0) | (joins ? JOINS_PREVIOUS : 0) | (joinsNext(character) ? JOINS_NEXT : 0) ||
      PLAIN;
    if (code < 0x10000) bmp[code] = kind;
    else astral.set(code, kind);
    return kind;
  }

  function clumpEnd(text: string, start: number): number {
    let code = text.codePointAt(start)!;
    let end = start + (code > 0xffff ? 2 : 1);
    while (end < text.length) {
      const next = text.codePointAt(end)!;
      if (!(kindOf(next) & JOINS_PREVIOUS) && !(kindOf(code) & JOINS_NEXT)) break;
      end += next > 0xffff ? 2 : 1;
      code = next;
    }
    return end;
  }

  function mapCluster(cluster: string): string {
    const whole = Buffer.byteLength(cluster) < 6 ? charsmap.replacement(cluster) : undefined;
    if (whole !== undefined) return whole;
    return Array.from(cluster, (character) => charsmap.replacement(character) ?? character).join("");
  }

  function mapClump(clump: string): string {
    const known = mapped.get(clump);
    if (known !== undefined) return known;
    const result = clusters(clump).map(mapCluster).join("");
    if (clump.length <= REMEMBERED_LENGTH) {
      if (mapped.size >= REMEMBERED) mapped.clear();
      mapped.set(clump, result);
    }
    return result;
  }

  return (text) => {
    let result = "";
    let copied = 0;
    let at = 0;
    while (at < text.length) {
      if (
        (bmp[text.charCodeAt(at)] || kindOf(text.charCodeAt(at))) === PLAIN &&
        (at + 1 === text.length || bmp[text.charCodeAt(at + 1)] === PLAIN)
      ) {
        at++;
        continue;
      }
      const end = clumpEnd(text, at);
      const clump = text.slice(at, end);
      const replacement = mapClump(clump);
      if (replacement !== clump) {
        result += text.slice(copied, at) + replacement;
        copied = end;
      }
      at = end;
    }
    return copied === 0 ? text : result + text.slice(copied);
  };
}
