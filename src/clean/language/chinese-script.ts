/** The two bytes of a character's row and cell, in a national standard of one script. */
interface Repertoire {
  encoding: string;
  leads: readonly [number, number];
  trails: readonly [number, number];
}

/** The hanzi of GB 2312, which is simplified Chinese. */
const GB_2312: Repertoire = { encoding: "gbk", leads: [0xb0, 0xf7], trails: [0xa1, 0xfe] };
/** The hanzi of Big5, which is traditional Chinese. */
const BIG5: Repertoire = { encoding: "big5", leads: [0xa4, 0xf9], trails: [0x40, 0xfe] };

const HAN = /^\p{Script=Han}$/u;

/**
 * Whether Chinese is written in simplified or in traditional characters: by which there are more of, those that only GB
 * 2312 has or those that only Big5 has; nothing where there are as many.
 */
export function openChineseScript(): (text: string) => "Hans" | "Hant" | undefined {
  // Most texts are not Chinese, and never need the table.
  let sides: Map<string, number> | undefined;
  return (text) => {
    sides ??= readSides();
    let balance = 0;
    for (const character of text) balance += sides.get(character) ?? 0;
    if (balance === 0) return undefined;
    return balance > 0 ? "Hans" : "Hant";
  };
}

/** Characters of one script alone: 1 for simplified, -1 for traditional. */
function readSides(): Map<string, number> {
  const simplified = readRepertoire(GB_2312);
  const traditional = readRepertoire(BIG5);
  const sides = new Map<string, number>();
  for (const character of simplified) if (!traditional.has(character)) sides.set(character, 1);
  for (const character of traditional) if (!simplified.has(character)) sides.set(character, -1);
  return sides;
}

function readRepertoire({ encoding, leads, trails }: Repertoire): Set<string> {
  const decoder = new TextDecoder(encoding);
  const characters = new Set<string>();
  for (let lead = leads[0]; lead <= leads[1]; lead++)
    for (let trail = trails[0]; trail <= trails[1]; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (HAN.test(character)) characters.add(character);
    }
  return characters;
}
