/** Scripts by ISO 15924 that are written mixed in one language count as one. */
const EAST_ASIAN = ["Han", "Hira", "Kana", "Hang", "Bopo"];
const OTHERS = [
  "Latn",
  "Cyrl",
  "Grek",
  "Arab",
  "Hebr",
  "Deva",
  "Beng",
  "Guru",
  "Gujr",
  "Orya",
  "Taml",
  "Telu",
  "Knda",
  "Mlym",
  "Sinh",
  "Thai",
  "Laoo",
  "Mymr",
  "Khmr",
  "Geor",
  "Armn",
  "Ethi",
  "Tibt",
  "Mong",
  "Thaa",
  "Syrc",
  "Tfng",
  "Cher",
  "Cans",
  "Yiii",
  "Copt",
  "Glag",
  "Nkoo",
  "Vaii",
  "Adlm",
  "Tglg",
  "Bugi",
  "Bali",
  "Java",
  "Sund",
  "Batk",
  "Cham",
  "Lana",
  "Tale",
  "Talu",
  "Limb",
  "Lepc",
  "Olck",
  "Mtei",
  "Cakm",
  "Saur",
  "Kali",
  "Lisu",
  "Bamu",
  "Plrd",
];
const FAMILIES = [EAST_ASIAN, ...OTHERS.map((script) => [script])].map(
  (scripts) => new RegExp(`[${scripts.map((script) => `\\p{Script=${script}}`).join("")}]`, "u"),
);

const families = new Map<number, number>();

/** The number of the family of scripts that a letter is of, from 1; 0 of what is no letter, or one of all scripts. */
export function scriptFamilyOf(code: number): number {
  const found = families.get(code);
  if (found !== undefined) return found;
  const character = String.fromCodePoint(code);
  const family = /\p{L}/u.test(character) ? 1 + FAMILIES.findIndex((scripts) => scripts.test(character)) : 0;
  families.set(code, family);
  return family;
}
