import { OptionError } from "../../errors.js";
import type { Pair } from "../../types/bitexts.js";
import type { TmxElement, TmxProperty, TmxVariant } from "../../types/tmx-unit.js";
import { option, say } from "../../wording.js";
import type { TextSink } from "../text-sink.js";
import { otherTexts } from "./other-texts.js";
import type { PairSink } from "./pair-sink.js";
import { inTmx } from "./property-names.js";
import { openElement, xProperty } from "./tmx-elements.js";
import { formatSegment } from "./tmx-segment.js";

type Languages = readonly [source: string, target: string];

const DOCTYPE = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n';

/** What the DTD wants to know of every document. */
const HEADER = {
  creationtool: "crisscross",
  creationtoolversion: "1",
  segtype: "sentence",
  "o-tmf": "crisscross",
  adminlang: "en",
  datatype: "plaintext",
};

/**
 * Writes TMX 1.4, valid against its DTD: the header of the first pair, then a unit a pair. A pair that was not read from
 * TMX has the languages that are given; what else its row carries becomes properties, and its score `x-score`.
 */
export function openTmx(text: TextSink, languages?: Languages): PairSink {
  let begun = false;
  let ended = false;
  const begin = async (header?: TmxElement) => {
    if (begun) return;
    begun = true;
    const needed = { ...HEADER, srclang: languages?.[0] ?? "*all*" };
    const element = header ?? { attributes: {}, properties: [] };
    await text.write(
      `${DOCTYPE}<tmx version="1.4">\n${openElement("header", element, "  ", needed)}  </header>\n  <body>\n`,
    );
  };
  const complete = async () => {
    if (ended) return;
    ended = true;
    await begin();
    await text.write("  </body>\n</tmx>\n");
    await text.complete();
  };
  return {
    write: async (pairs) => {
      for (const pair of pairs) {
        const unit = formatUnit(pair, languages);
        await begin(pair.tmx?.header);
        await text.write(unit);
      }
    },
    complete,
    finish: async () => {
      await complete();
      await text.finish();
    },
    [Symbol.asyncDispose]: () => text[Symbol.asyncDispose](),
  };
}

function formatUnit(pair: Pair, languages?: Languages): string {
  const { tmx, source, target } = pair;
  if (!tmx && !languages) throw withoutLanguages();
  const unit = { attributes: tmx?.unit.attributes ?? {}, properties: propertiesOf(pair) };
  const variant = (side: 0 | 1): TmxVariant =>
    tmx?.[side === 0 ? "source" : "target"] ?? {
      attributes: { "xml:lang": languages![side] },
      properties: [],
    };
  const sides = formatVariant(source, variant(0)) + formatVariant(target, variant(1));
  return `${openElement("tu", unit, "    ")}${sides}    </tu>\n`;
}

/** The error of TMX whose languages nothing tells. */
export function withoutLanguages(): OptionError {
  return new OptionError("TMX names the language of each text.", {
    advice: say`Name them with ${option("languages")}, such as de,en.`,
  });
}

function formatVariant(text: string, variant: TmxVariant): string {
  const indent = "      ";
  return `${openElement("tuv", variant, indent)}${indent}  ${formatSegment(text, variant.segment)}\n${indent}</tuv>\n`;
}

/** The unit's own properties, and what else the pair carries: it takes the place of a property of its name. */
function propertiesOf(pair: Pair): TmxProperty[] {
  const properties = [...(pair.tmx?.unit.properties ?? [])];
  for (const [name, text] of otherTexts(pair)) {
    const property = xProperty(inTmx(name), text);
    const known = properties.findIndex(({ attributes }) => attributes.type === property.attributes.type);
    if (known < 0) properties.push(property);
    else if (!isSameNumber(properties[known].text, text)) properties[known] = property;
  }
  return properties;
}

/** A score that nobody changed keeps its digits. */
const isSameNumber = (a: string, b: string) => a.trim() !== "" && Number(a) === Number(b);
