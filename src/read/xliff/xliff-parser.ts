import type { TmxElement, TmxProperty } from "../../types/tmx-unit.js";
import type { Codes } from "../units/segment.js";
import type { Languages, UnitHandlers, UnitParser, Variant } from "../units/unit.js";
import type { Start } from "../xml/own-names.js";
import type { Attributes, XmlHandler, XmlKind } from "../xml/xml-handler.js";
import { XmlParser } from "../xml/xml-parser.js";
import { ContentBuilder, elementOf } from "./content.js";
import { type Part, partsOf, type Segment } from "./segment-parts.js";

const XLIFF: XmlKind = {
  name: "XLIFF",
  root: "xliff",
  before: `<xliff><file><body>${"<group>".repeat(8)}`,
  hasGroups: true,
};

/** Elements of which one inside a text shows that its end is missing. */
const STRUCTURE: ReadonlySet<string> = new Set([
  ...["xliff", "file", "body", "group", "trans-unit", "unit", "segment", "source", "seg-source", "target"],
]);

/** What the document has told of its languages. */
interface Known {
  languages: { source?: string; target?: string };
}

interface OpenUnit {
  line: number;
  attributes: Attributes;
  notes: TmxProperty[];
  segment: Segment;
}

/**
 * Takes the text of an XLIFF document piece by piece and gives its segments as units. Of inline elements the text is kept,
 * and that which stands for a code (`equiv`, in XLIFF 1 `equiv-text`). What is no translation yet has no target. Proposals
 * (`<alt-trans>`, `<mtc:matches>`) are none.
 */
export class XliffParser implements UnitParser, XmlHandler {
  readonly xml: XmlParser;
  private readonly path: string[] = [];
  private unit?: OpenUnit;
  private content?: ContentBuilder;
  private note?: { text: string };
  private readonly codes: Codes;
  private readonly known: Known;

  /** @param start where the first piece begins, if that is amid the units */
  constructor(
    { path, codes, known }: { path: string; codes: Codes; known: Known },
    private readonly handlers: UnitHandlers,
    start?: Start,
  ) {
    this.codes = codes;
    this.known = known;
    this.xml = new XmlParser(path, XLIFF, this, start);
  }

  get openLine(): number | undefined {
    return this.unit?.line;
  }

  open(name: string, attributes: Attributes): void {
    const parent = this.path.at(-1);
    if (this.content) this.openInline(name, attributes);
    else if (name === "xliff" || name === "file") this.learnLanguages(attributes);
    else if (name === "trans-unit" || name === "unit") this.openUnit(attributes);
    else if (this.unit && name === "segment" && parent === "unit")
      this.unit.segment = { state: attributes.state };
    else if (this.unit && isContent(name) && (parent === "trans-unit" || parent === "segment")) {
      if (name === "target" && parent === "trans-unit") this.unit.segment.state = attributes.state;
      this.content = new ContentBuilder(this.codes);
    } else if (name === "note" && this.unit) this.note = { text: "" };
    this.path.push(name);
  }

  addText(text: string): void {
    if (this.content) this.content.addText(text);
    else if (this.note) this.note.text += text;
  }

  close(name: string): void {
    this.path.pop();
    const { unit, content } = this;
    const parent = this.path.at(-1);
    if (content && unit && isContent(name)) {
      unit.segment[name === "seg-source" ? "cut" : name] = content.finish();
      this.content = undefined;
    } else if (content) content.closeTag();
    else if (name === "note" && this.note) {
      unit?.notes.push({ name: "note", attributes: {}, text: this.note.text });
      this.note = undefined;
    } else if (name === "segment" && parent === "unit") this.giveSegment();
    else if (name === "trans-unit" || name === "unit") this.closeUnit(name);
    else if (!unit && (name === "header" || name === "file")) this.xml.mark();
  }

  private learnLanguages(attributes: Attributes): void {
    const { languages } = this.known;
    languages.source = attributes.srcLang ?? attributes["source-language"] ?? languages.source;
    languages.target = attributes.trgLang ?? attributes["target-language"] ?? languages.target;
  }

  private openInline(name: string, attributes: Attributes): void {
    if (STRUCTURE.has(name)) this.xml.fail(`has <${name}> in a text; expected text and inline tags`);
    this.content!.openTag(name, attributes);
  }

  private openUnit(attributes: Attributes): void {
    if (this.unit) this.xml.fail("has a unit in a unit");
    this.unit = { line: this.xml.mark().line, attributes, notes: [], segment: {} };
  }

  private closeUnit(name: string): void {
    if (name === "trans-unit") this.giveSegment();
    this.unit = undefined;
    this.xml.mark();
  }

  /** Gives the segment that has ended, or those that it is cut into. */
  private giveSegment(): void {
    const { unit } = this;
    if (!unit) return;
    for (const part of partsOf(unit.segment)) this.give(unit, part);
    unit.segment = {};
  }

  private give({ line, attributes, notes }: OpenUnit, { source, target }: Part): void {
    const { source: from = "und", target: to = "und" } = this.known.languages;
    const variants: Variant[] = [{ language: from, text: source.text, element: elementOf(from, source) }];
    if (target) variants.push({ language: to, text: target.text, element: elementOf(to, target) });
    const element: TmxElement = {
      attributes: attributes.id === undefined ? {} : { tuid: attributes.id },
      properties: notes,
    };
    const languages: Languages = [from, to];
    this.handlers.onUnit({ line, element, variants, languages });
  }
}

const isContent = (name: string): name is "source" | "seg-source" | "target" =>
  name === "source" || name === "seg-source" || name === "target";
