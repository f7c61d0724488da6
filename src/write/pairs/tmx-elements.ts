import type { TmxElement, TmxProperty } from "../../types/tmx-unit.js";
import { escapeAttribute, escapeText } from "./escape-xml.js";

export type Attributes = Readonly<Record<string, string>>;

const OF_ANY = [
  "o-encoding",
  "datatype",
  "usagecount",
  "lastusagedate",
  "creationtool",
  "creationtoolversion",
  "creationdate",
  "creationid",
  "changedate",
  "changeid",
  "o-tmf",
];

/** The attributes that the DTD of TMX 1.4 knows, by element. */
const KNOWN = {
  header: [
    ...["o-encoding", "datatype", "creationtool", "creationtoolversion", "creationdate", "creationid"],
    ...["changedate", "changeid", "o-tmf", "segtype", "adminlang", "srclang"],
  ],
  tu: [...OF_ANY, "tuid", "segtype", "srclang"],
  tuv: [...OF_ANY, "xml:lang"],
  prop: ["type", "xml:lang", "o-encoding"],
  note: ["xml:lang", "o-encoding"],
};

const SEGMENT_TYPES = ["block", "paragraph", "sentence", "phrase"];

/**
 * The beginning of an element, with its properties and notes. An attribute that the DTD does not know becomes a property
 * `x-NAME`, so that the document is valid and nothing is lost; `lang` of TMX 1.1 becomes `xml:lang`.
 *
 * @param needed attributes that it gets where it does not have them
 */
export function openElement(
  name: "header" | "tu" | "tuv",
  { attributes, properties }: TmxElement,
  indent: string,
  needed: Attributes = {},
): string {
  const [known, strange] = sortAttributes(name, attributes);
  const missing = Object.entries(needed).filter(([key]) => !known.some(([name]) => name === key));
  const lines = [...strange.map(([key, text]) => xProperty(key, text)), ...properties].map(
    (property) => `${indent}  ${formatProperty(property)}\n`,
  );
  return `${indent}<${name}${formatAttributes([...known, ...missing])}>\n${lines.join("")}`;
}

/** A property under a name of one's own: these begin with `x-` (TMX 1.4b). */
export function xProperty(name: string, text: string): TmxProperty {
  return { name: "prop", attributes: { type: name.startsWith("x-") ? name : `x-${name}` }, text };
}

function formatProperty({ name, attributes, text }: TmxProperty): string {
  const [known] = sortAttributes(name, name === "prop" ? { type: "x-unknown", ...attributes } : attributes);
  return `<${name}${formatAttributes(known)}>${escapeText(text)}</${name}>`;
}

export function formatAttributes(attributes: readonly (readonly [name: string, value: string])[]): string {
  return attributes.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join("");
}

type Named = [name: string, value: string][];

function sortAttributes(element: keyof typeof KNOWN, { lang, ...attributes }: Attributes): [Named, Named] {
  const takesLanguage = KNOWN[element].includes("xml:lang");
  const all = Object.entries(
    takesLanguage && lang !== undefined ? { "xml:lang": lang, ...attributes } : attributes,
  );
  const isKnown = ([name, value]: [string, string]) =>
    KNOWN[element].includes(name) && (name !== "segtype" || SEGMENT_TYPES.includes(value));
  return [all.filter(isKnown), all.filter((one) => !isKnown(one))];
}
