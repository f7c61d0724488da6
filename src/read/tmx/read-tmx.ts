import { InputError } from "../../errors.js";
import type { Pair } from "../../types/bitexts.js";
import type { TmxElement } from "../../types/tmx-unit.js";
import { option, say } from "../../wording.js";
import { type Report, SKIP } from "../faults.js";
import { checkLanguages, findLanguages, type Languages, pickVariant } from "./choose-languages.js";
import { decodeXml } from "./decode-xml.js";
import { TmxParser, type Unit } from "./tmx-parser.js";

export interface ReadTmxOptions {
  /**
   * tmx: the languages of source and target. `de` takes `de-DE`, too.
   * @default the document's srclang (or the first variant's) and the other one of the first unit
   */
  languages?: readonly [source: string, target: string];
  /** tmx: what becomes of the codes inside of inline tags; the text in `hi` is kept. @default "drop" */
  codes?: "drop" | "keep";
  /** tmx: called for each unit that lacks one of the languages, and for each variant that is one too many. */
  onLeftOut?: (what: "unit" | "variant") => void;
}

/** What one unit may cost in memory, in characters of the file. */
const MAX_UNIT = 16 * 2 ** 20;

/**
 * Reads TMX 1.1 to 1.4 as a stream, a pair a translation unit, as many at a time as a chunk ends.
 *
 * @throws InputError, with the line, if it is no TMX, declares entities, or has neither language; BrokenInput if its XML is broken
 */
export async function* readTmx(
  chunks: AsyncIterable<Buffer>,
  path: string,
  { languages: asked, codes = "drop", onLeftOut }: ReadTmxOptions,
  report: Report,
): AsyncGenerator<Pair[]> {
  let languages = asked && checkLanguages(asked);
  let header: TmxElement | undefined;
  const pairs: Pair[] = [];
  let [units, found] = [0, 0];
  /** Characters since a unit or the header ended. */
  let characters = 0;
  const seen = new Set<string>();

  const onUnit = (unit: Unit) => {
    units++;
    characters = 0;
    const nameless = unit.variants.find(({ language }) => !language?.trim());
    if (nameless) {
      const problem = "the unit that begins here has a variant without a language (xml:lang).";
      report(
        new InputError({ path, line: unit.line }, problem, {
          advice: say`Pass ${SKIP} to leave such units out.`,
        }),
      );
      return;
    }
    for (const { language } of unit.variants) if (seen.size < 100) seen.add(language!);
    if (!languages) {
      const chosen = findLanguages(unit, header?.attributes.srclang);
      if (typeof chosen === "string")
        throw new InputError({ path, line: unit.line }, chosen, {
          advice: say`Name the two to be read with ${option("languages")}.`,
        });
      languages = chosen;
    }
    const pair = toPair(unit, languages, units, header);
    const extra = unit.variants.length - 2;
    if (!pair) onLeftOut?.("unit");
    else {
      found++;
      pairs.push(pair);
      for (let i = 0; i < extra; i++) onLeftOut?.("variant");
    }
  };
  const parser = new TmxParser(path, codes, {
    onUnit,
    onHeader: (given) => {
      header = given;
      characters = 0;
    },
  });
  for await (const text of withEnd(decodeXml(chunks, path))) {
    try {
      if (text === undefined) parser.end();
      else parser.write(text);
    } finally {
      // What ended before a fault is given before it.
      if (pairs.length > 0) yield pairs.splice(0);
    }
    characters += text?.length ?? 0;
    if (characters > MAX_UNIT) parser.fail("has a unit of more than 16 MiB");
  }
  if (units > 0 && found === 0 && languages) {
    const problem = `no unit has both ${languages.join(" and ")}; found ${[...seen].join(", ") || "no language"}.`;
    throw new InputError({ path }, problem, {
      advice: say`Name two of those that are there with ${option("languages")}.`,
    });
  }
}

/** The pieces, and then `undefined`. */
async function* withEnd<T>(pieces: AsyncIterable<T>): AsyncGenerator<T | undefined> {
  yield* pieces;
  yield undefined;
}

function toPair(
  { element, variants }: Unit,
  [asked, wanted]: Languages,
  line: number,
  header?: TmxElement,
): Pair | undefined {
  const source = pickVariant(variants, asked);
  const target = source && pickVariant(variants, wanted, source);
  if (!target) return undefined;
  const tmx = { header, unit: element, source: source.element, target: target.element };
  const pair: Pair = { source: source.text, target: target.text, line, tmx };
  const score = element.properties.find(({ attributes }) => attributes.type === SCORE_PROPERTY);
  if (score && Number.isFinite(Number(score.text))) pair.score = Number(score.text);
  return pair;
}

/** The property in which a score is written, and read again. */
const SCORE_PROPERTY = "x-score";
