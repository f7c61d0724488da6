/** What windows-1252 has at 0x80 to 0x9f; a dot where it has nothing. */
const WINDOWS_1252 = "€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ";
const BYTE_OF = new Map(
  Array.from(WINDOWS_1252, (character, i): [string, number] => [character, 0x80 + i]).filter(
    ([character]) => character !== ".",
  ),
);

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const LATIN_1_CONTROLS = /[\u0080-\u009f]/g;
/** What no text has: a control, a private or an unassigned character. */
const SENSELESS = /[\p{Cc}\p{Co}\p{Cn}]/u;

/** Bytes 0x80 to 0xbf as windows-1252 and ISO 8859-1 show them. */
const TAIL = `[\\u0080-\\u00bf${WINDOWS_1252.replaceAll(".", "")}]`;
/** Those of them that follow no letter in any text: not quotation marks, dashes, ordinals, or letters. */
const ODD = "[\\u0080-\\u009f€ƒ†‡ˆ‰˜Ÿ¡¢£¤¥¦§¨©¬\\u00ad¯±µ¶¸¼½¾¿]";
/**
 * What betrays UTF-8 that is shown byte by byte: a byte that no text has after such a letter; a capital and a mark
 * after a small letter; or three two-byte characters in a row, as in Cyrillic or Arabic.
 */
const SIGN = new RegExp(
  [
    `[Â-ß]${ODD}`,
    `Ã(?:[¹²³]|[ª«°´·º»](?=\\p{Ll}))`,
    `(?<=\\p{Ll})[Â-ÖØ-Þ]${TAIL}`,
    `(?:[Â-ß]${TAIL}){3}`,
    `[à-ï](?:${ODD}${TAIL}|${TAIL}${ODD})`,
    `[ð-ô]${TAIL}{3}`,
  ].join("|"),
  "u",
);
/** What each of these signs has, and few other texts: a letter and a byte behind it. */
const LEAD_AND_TAIL = new RegExp(`[Â-ô]${TAIL}`);
/** What all that is repaired has. */
const REPAIRABLE = new RegExp(`[\\u0080-\\u009f]|${LEAD_AND_TAIL.source}`);
/** An à whose second byte, a no-break space, became a space or fell to one beside it. */
const SPACED_A_GRAVE = /Ã /g;
const MOST_TIMES = 3;

/**
 * Repairs UTF-8 that was read as windows-1252 or ISO 8859-1, once or more, where that is certain: where every stretch
 * beyond ASCII is valid UTF-8 byte by byte and looks like no text as it stands. The C1 controls that windows-1252
 * became when read as ISO 8859-1 are repaired, too. Any other text is returned unchanged.
 */
export function repairMojibake(text: string): string {
  if (!REPAIRABLE.test(text)) return text;
  let repaired = text;
  for (let time = 0; time < MOST_TIMES && hasMojibake(repaired); time++) {
    const next = decodeAgain(repaired) ?? decodeAgain(repaired.replace(SPACED_A_GRAVE, "Ã\u00a0 "));
    if (next === undefined) break;
    repaired = next;
  }
  return repaired.replace(LATIN_1_CONTROLS, fromWindows1252);
}

/**
 * Whether a text shows signs of mojibake that `repairMojibake` could not repair, since it has other letters too or lost
 * bytes.
 */
export function hasMojibake(text: string): boolean {
  return LEAD_AND_TAIL.test(text) && SIGN.test(text);
}

function decodeAgain(text: string): string | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const byte = code < 0x100 ? code : BYTE_OF.get(text[i]);
    if (byte === undefined) return undefined;
    bytes[i] = byte;
  }
  try {
    const decoded = utf8.decode(bytes);
    return SENSELESS.test(decoded.replace(/\s/gu, "")) && !hasMojibake(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

function fromWindows1252(control: string): string {
  const character = WINDOWS_1252[control.charCodeAt(0) - 0x80];
  return character === "." ? control : character;
}
