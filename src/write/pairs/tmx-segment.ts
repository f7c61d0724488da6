import type { TmxContent, TmxVariant } from "../../types/tmx-unit.js";
import { escapeText } from "./escape-xml.js";
import { formatAttributes } from "./tmx-elements.js";

interface Rule {
  attributes: readonly string[];
  /** Attributes that must be there, and what they may be. */
  needed: Readonly<Record<string, RegExp>>;
  content: readonly string[];
}

const ANY = ["bpt", "ept", "it", "ph", "hi", "ut"];

/** Inline elements as the DTD of TMX 1.4 has them. */
const RULES: Readonly<Record<string, Rule>> = {
  bpt: { attributes: ["i", "x", "type"], needed: { i: /./ }, content: ["sub"] },
  ept: { attributes: ["i"], needed: { i: /./ }, content: ["sub"] },
  it: { attributes: ["pos", "x", "type"], needed: { pos: /^(begin|end)$/ }, content: ["sub"] },
  ph: { attributes: ["i", "x", "type", "assoc"], needed: { assoc: /^(p|f|b)$|^$/ }, content: ["sub"] },
  ut: { attributes: ["x"], needed: {}, content: ["sub"] },
  hi: { attributes: ["x", "type"], needed: {}, content: ANY },
  sub: { attributes: ["datatype", "type"], needed: {}, content: ANY },
};

/** `<seg>`: with the inline tags that the text was read with, if it is still that text and the DTD allows them. */
export function formatSegment(text: string, segment: TmxVariant["segment"]): string {
  const tagged = segment?.text === text && isValid(segment.content, ANY);
  return `<seg>${tagged ? segment.content.map(formatContent).join("") : escapeText(text)}</seg>`;
}

function formatContent(part: TmxContent): string {
  if (typeof part === "string") return escapeText(part);
  const { name, attributes, content } = part;
  const inner = content.map(formatContent).join("");
  return `<${name}${formatAttributes(Object.entries(attributes))}>${inner}</${name}>`;
}

function isValid(content: readonly TmxContent[], allowed: readonly string[]): boolean {
  return content.every((part) => {
    if (typeof part === "string") return true;
    if (!Object.hasOwn(RULES, part.name) || !allowed.includes(part.name)) return false;
    const { attributes, needed, content: inside } = RULES[part.name];
    return (
      Object.keys(part.attributes).every((name) => attributes.includes(name)) &&
      Object.entries(needed).every(([name, values]) => values.test(part.attributes[name] ?? "")) &&
      isValid(part.content, inside)
    );
  });
}
