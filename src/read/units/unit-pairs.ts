import { InputError } from "../../errors.js";
import type { Pair } from "../../types/bitexts.js";
import type { TmxElement } from "../../types/tmx-unit.js";
import { option, say } from "../../wording.js";
import { type Report, SKIP } from "../faults.js";
import { checkLanguages, findLanguages, pickVariant } from "./choose-languages.js";
import type { Languages, Unit, Variant } from "./unit.js";
import type { ReadUnitsOptions } from "./units-options.js";

/** How many languages an error names at most. */
const MOST_SEEN = 100;

/** The property in which a score is written, and read again. */
const SCORE_PROPERTY = "x-score";

/** Makes pairs of the units of a document, and tells what is wrong with them. */
export class UnitPairs {
  /** That of the document, once it has come. */
  header?: TmxElement;
  private languages?: Languages;
  private units = 0;
  private found = 0;
  private scored = false;
  private readonly seen = new Set<string>();

  /** @throws OptionError if two languages that are asked for are the same */
  constructor(
    private readonly path: string,
    private readonly options: ReadUnitsOptions,
    private readonly report: Report,
  ) {
    this.languages = options.languages && checkLanguages(options.languages);
  }

  /**
   * The pair of a unit in the two languages; undefined where it has none, or is reported.
   *
   * @throws InputError if nobody names two languages, and the first unit has not two
   */
  pairOf(unit: Unit): Pair | undefined {
    this.units++;
    const nameless = unit.variants.find(({ language }) => !language?.trim());
    if (nameless) return this.reject(unit, "has a variant without a language (xml:lang)");
    for (const { language } of unit.variants) if (this.seen.size < MOST_SEEN) this.seen.add(language!);
    this.languages ??= this.languagesOf(unit);
    const both = pickBoth(unit, this.languages);
    if (!both) {
      this.options.onLeftOut?.("unit");
      return undefined;
    }
    this.found++;
    if (both.some(({ text }) => text === undefined))
      return this.reject(unit, "has a variant without a text (<seg>)");
    const pair = this.toPair(unit, both);
    for (let i = 2; pair && i < unit.variants.length; i++) this.options.onLeftOut?.("variant");
    return pair;
  }

  /** @throws InputError if there was no pair in the two languages, or no score where one was asked for */
  finish(): void {
    const { path, languages, units, found, scored, seen } = this;
    const { scoreProperty } = this.options;
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

  private reject({ line }: Unit, problem: string): undefined {
    const advice = say`Pass ${SKIP} to leave such units out.`;
    this.report(
      new InputError({ path: this.path, line }, `the unit that begins here ${problem}.`, { advice }),
    );
  }

  private languagesOf(unit: Unit): Languages {
    const chosen = unit.languages ?? findLanguages(unit, this.header?.attributes.srclang);
    if (typeof chosen !== "string") return chosen;
    throw new InputError({ path: this.path, line: unit.line }, chosen, {
      advice: say`Name the two to be read with ${option("languages")}.`,
    });
  }

  private toPair(unit: Unit, [source, target]: readonly [Variant, Variant]): Pair | undefined {
    const { scoreProperty } = this.options;
    const { element } = unit;
    const tmx = { header: this.header, unit: element, source: source.element, target: target.element };
    const pair: Pair = { source: source.text!, target: target.text!, line: this.units, tmx };
    const score = findScore([element, source.element, target.element], scoreProperty ?? SCORE_PROPERTY);
    this.scored ||= score !== undefined;
    if (score !== undefined && Number.isFinite(Number(score))) pair.score = pair.inputScore = Number(score);
    else if (score !== undefined && scoreProperty !== undefined)
      return this.reject(unit, `has the score "${score}" (${scoreProperty}); expected a number`);
    return pair;
  }
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
