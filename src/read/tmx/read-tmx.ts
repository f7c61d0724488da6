import { InputError } from "../../errors.js";
import type { Pair } from "../../types/bitexts.js";
import type { TmxElement } from "../../types/tmx-unit.js";
import { option, say } from "../../wording.js";
import { type Report, SKIP } from "../faults.js";
import type { ReadOptions } from "../input.js";
import { checkLanguages, findLanguages, type Languages, pickVariant } from "./choose-languages.js";
import { decodeXml } from "./decode-xml.js";
import { INVALID, ResumingParser } from "./resuming-parser.js";
import { type Offset, TmxParser, type Unit, type Variant } from "./tmx-parser.js";

export interface ReadTmxOptions {
  /**
   * tmx: the languages of source and target. `de` takes `de-DE`, too.
   * @default the document's srclang (or the first variant's) and the other one of the first unit
   */
  languages?: readonly [source: string, target: string];
  /** tmx: what becomes of the codes inside of inline tags; the text in `hi` is kept. @default "drop" */
  codes?: "drop" | "keep";
  /** tmx: the `type` of the property that holds the score, such as Bicleaner's `score-bicleaner`. @default "x-score" */
  scoreProperty?: string;
  /** tmx: called for each unit that lacks one of the languages, and for each variant that is one too many. */
  onLeftOut?: (what: "unit" | "variant") => void;
}

type TmxReading = ReadTmxOptions & Pick<ReadOptions, "onError">;

/**
 * Reads TMX 1.1 to 1.4 as a stream, a pair a translation unit, as many at a time as a chunk ends. With
 * `onError: "skip"` it goes on behind a unit whose XML is broken.
 *
 * @throws InputError, with the line, if it is no TMX, declares entities, or has neither language; BrokenInput if its XML is broken
 */
export async function* readTmx(
  chunks: AsyncIterable<Buffer>,
  path: string,
  { languages: asked, codes = "drop", onLeftOut, scoreProperty, onError }: TmxReading,
  report: Report,
): AsyncGenerator<Pair[]> {
  let languages = asked && checkLanguages(asked);
  let header: TmxElement | undefined;
  const pairs: Pair[] = [];
  let [units, found, scored] = [0, 0, false];
  const seen = new Set<string>();

  const reject = (unit: Unit, problem: string): undefined => {
    const place = { path, line: unit.line };
    const advice = say`Pass ${SKIP} to leave such units out.`;
    report(new InputError(place, `the unit that begins here ${problem}.`, { advice }));
  };

  const toPair = (
    unit: Unit,
    [source, target]: readonly [Variant, Variant],
    line: number,
  ): Pair | undefined => {
    const { element } = unit;
    const tmx = { header, unit: element, source: source.element, target: target.element };
    const pair: Pair = { source: source.text!, target: target.text!, line, tmx };
    const score = findScore([element, source.element, target.element], scoreProperty ?? SCORE_PROPERTY);
    scored ||= score !== undefined;
    if (score !== undefined && Number.isFinite(Number(score))) pair.score = Number(score);
    else if (score !== undefined && scoreProperty !== undefined)
      return reject(unit, `has the score "${score}" (${scoreProperty}); expected a number`);
    return pair;
  };

  const pairOf = (unit: Unit): Pair | undefined => {
    units++;
    const nameless = unit.variants.find(({ language }) => !language?.trim());
    if (nameless) return reject(unit, "has a variant without a language (xml:lang)");
    for (const { language } of unit.variants) if (seen.size < 100) seen.add(language!);
    if (!languages) {
      const chosen = findLanguages(unit, header?.attributes.srclang);
      if (typeof chosen === "string")
        throw new InputError({ path, line: unit.line }, chosen, {
          advice: say`Name the two to be read with ${option("languages")}.`,
        });
      languages = chosen;
    }
    const both = pickBoth(unit, languages);
    if (!both) {
      onLeftOut?.("unit");
      return undefined;
    }
    found++;
    if (both.some(({ text }) => text === undefined))
      return reject(unit, "has a variant without a text (<seg>)");
    const pair = toPair(unit, both, units);
    for (let i = 2; pair && i < unit.variants.length; i++) onLeftOut?.("variant");
    return pair;
  };
  const onUnit = (unit: Unit) => {
    const pair = pairOf(unit);
    if (pair) pairs.push(pair);
  };
  const goesOn = onError === "skip";
  const onHeader = (given: TmxElement) => {
    header = given;
  };
  const begin = (start?: Offset) => new TmxParser(path, codes, { onUnit, onHeader }, start);
  const parser = goesOn ? new ResumingParser(begin, report) : begin();
  const mend = goesOn ? () => INVALID : undefined;
  for await (const text of withEnd(decodeXml(chunks, path, mend))) {
    try {
      if (text === undefined) parser.end();
      else parser.write(text);
    } finally {
      // What ended before a fault is given before it.
      if (pairs.length > 0) yield pairs.splice(0);
    }
  }
  if (units > 0 && found === 0 && languages) {
    const problem = `no unit has both ${languages.join(" and ")}; found ${[...seen].join(", ") || "no language"}.`;
    throw new InputError({ path }, problem, {
      advice: say`Name two of those that are there with ${option("languages")}.`,
    });
  }
  if (scoreProperty !== undefined && found > 0 && !scored) {
    const problem = `no unit has a score in a property of the type ${scoreProperty}.`;
    throw new InputError({ path }, problem, {
      advice: say`Name one that is there with ${option("scoreProperty")}, or leave it out.`,
    });
  }
}

/** The pieces, and then `undefined`. */
async function* withEnd<T>(pieces: AsyncIterable<T>): AsyncGenerator<T | undefined> {
  yield* pieces;
  yield undefined;
}

function pickBoth({ variants }: Unit, [asked, wanted]: Languages): readonly [Variant, Variant] | undefined {
  const source = pickVariant(variants, asked);
  const target = source && pickVariant(variants, wanted, source);
  return target && [source, target];
}

/** A property's text: that of the unit goes before one of its variants. */
function findScore(elements: readonly TmxElement[], name: string): string | undefined {
  const properties = elements.flatMap(({ properties }) => properties);
  return properties.find(({ attributes, text }) => attributes.type === name && text.trim() !== "")?.text;
}

/** The property in which a score is written, and read again. */
const SCORE_PROPERTY = "x-score";
