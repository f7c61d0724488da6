import { InputError } from "../../errors.js";
import { option, say, type Wording } from "../../wording.js";
import { matchLanguage } from "../match-language.js";

type Two = readonly [source: string, target: string];

const CODE = "[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*";
const SUFFIX = new RegExp(`^(.+)\\.(${CODE})$`);

interface Side {
  name: string;
  stem: string;
  language: string;
}

/**
 * The two files of Moses in a zip file, such as `Books.de-en.de` and `Books.de-en.en` of OPUS beside their README and ids.
 * Without languages the source is that which the names put first.
 *
 * @throws InputError that names what is there, if there are not two, or several times two
 */
export function findMoses(path: string, names: readonly string[], languages?: Two): Two {
  const sides = names.flatMap((name): Side[] => {
    const [, stem, language] = SUFFIX.exec(name) ?? [];
    return stem === undefined || /\.(ids|txt|tsv|xml|tmx)$/i.test(name) ? [] : [{ name, stem, language }];
  });
  const stems = [...new Set(sides.map(({ stem }) => stem))];
  const found = stems.flatMap((stem): Two[] => {
    const own = sides.filter((side) => side.stem === stem);
    if (languages) return choose(own, languages);
    if (own.length !== 2) return [];
    const [a, b] = own.sort((x, y) => placeIn(stem, x.language) - placeIn(stem, y.language));
    return [[a.name, b.name]];
  });
  if (found.length === 1) return found[0];
  const problem =
    found.length === 0
      ? `is a zip file without two files of Moses, such as X.de-en.de and X.de-en.en; it holds ${list(names)}.`
      : `is a zip file of several bitexts: ${list(found.map((two) => two.join(" and ")))}.`;
  throw new InputError({ path }, problem, { advice: adviseUnpacking(path, names) });
}

/** Where a stem such as `Books.de-en` names a language. */
function placeIn(stem: string, language: string): number {
  const [, source] = new RegExp(`(?:^|[./])(${CODE}?)-${language}$`).exec(stem) ?? [];
  return source === undefined ? 0 : 1;
}

function choose(sides: readonly Side[], languages: Two): Two[] {
  const [source, target] = languages.map((language) =>
    sides.find((side) => matchLanguage(language, side.language) > 0),
  );
  return source && target && source !== target ? [[source.name, target.name]] : [];
}

function adviseUnpacking(path: string, names: readonly string[]): Wording {
  if (names.includes("[Content_Types].xml")) return "It is an office document: export it as TSV first.";
  const name = names.find((one) => !/readme|licen[cs]e/i.test(one)) ?? names[0] ?? "FILE";
  return say`Unpack it first, or pipe the right one: unzip -p ${path} ${name}. Name languages with ${option("languages")} if it holds more than two.`;
}

function list(names: readonly string[]): string {
  const few = names.slice(0, 5).join(", ");
  if (names.length === 0) return "nothing";
  return names.length > 5 ? `${few} and ${names.length - 5} more` : few;
}
