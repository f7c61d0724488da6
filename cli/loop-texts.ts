import { InvalidArgumentError } from "commander";
import { OptionError } from "../src/errors.js";

/** Texts by their languages. */
export type NamedFiles = Record<string, string>;

const COMPRESSED = /\.(gz|xz|zst|bz2)$/;
/** A suffix that is a language's: `news.de`, `news.zh-Hant`; but no format's. */
const LANGUAGE = /\.([a-z]{2,3}(?:[-_][A-Za-z]+)?)$/;
const FORMATS = ["txt", "tsv", "csv"];

/** Reads `de=german.txt`, one a time. */
export function collectFile(what: string): (text: string, before?: NamedFiles) => NamedFiles {
  return (text, before = {}) => {
    const [name, file] = splitAt(text, what);
    if (Object.hasOwn(before, name))
      throw new InvalidArgumentError(
        `${name} is given twice, as ${before[name]} and as ${file}; expected a name for each.`,
      );
    return { ...before, [name]: file };
  };
}

/** Reads `de=german.txt,en=english.txt`, one pair a time. */
export function collectPair(text: string, before: NamedFiles[] = []): NamedFiles[] {
  const sides = text.split(/,(?=[^,=]+=)/);
  if (sides.length !== 2)
    throw new InvalidArgumentError("Expected two texts, such as de=german.txt,en=english.txt.");
  const collect = collectFile("de=german.txt,en=english.txt");
  return [...before, collect(sides[1], collect(sides[0]))];
}

/** What a loop is run on: two files, texts by their languages, or pairs of them. */
export function textsOf(
  files: readonly string[],
  texts?: NamedFiles,
  pairs?: NamedFiles[],
): NamedFiles | NamedFiles[] {
  const given = [files.length > 0, texts, pairs].filter(Boolean).length;
  if (given !== 1)
    throw new OptionError(
      "Expected two files, or --text for each language, or --pair for each pair of texts.",
    );
  if (texts) return texts;
  if (pairs) return pairs;
  if (files.length !== 2)
    throw new OptionError(`Expected two files, found ${files.length}.`, {
      advice: "Give more languages with --text.",
    });
  const [source, target] = files.map(languageOf);
  return source && target && source !== target
    ? [{ [source]: files[0], [target]: files[1] }]
    : [{ source: files[0], target: files[1] }];
}

function languageOf(file: string): string | undefined {
  const suffix = LANGUAGE.exec(file.replace(COMPRESSED, ""))?.[1];
  return suffix === undefined || FORMATS.includes(suffix) ? undefined : suffix;
}

function splitAt(text: string, what: string): [name: string, file: string] {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError(`Expected a name and a file, such as ${what}.`);
  return [text.slice(0, at), text.slice(at + 1)];
}
