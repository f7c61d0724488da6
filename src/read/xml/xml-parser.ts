import { SaxesParser } from "saxes";
import { InputError } from "../../errors.js";
import { option, say, type Wording } from "../../wording.js";
import { BrokenInput } from "../faults.js";
import { Ampersands, type Parsable } from "./ampersands.js";
import { localName, OwnNames, type Start } from "./own-names.js";
import type { Attributes, Offset, XmlHandler, XmlKind } from "./xml-handler.js";

const DEEPEST = 64;

/** What one unit may cost in memory, in characters of the file. */
const MAX_UNIT = 16 * 2 ** 20;

/** Encodings that a document may declare; the bytes have shown which it is. */
const DECLARED = /^(utf-?8|utf-?16(le|be)?|us-ascii)$/i;

/**
 * Takes the text of an XML document piece by piece. Costs the memory of a unit: nothing is looked up outside, and a document
 * that declares entities is refused.
 */
export class XmlParser {
  private readonly parser = new SaxesParser({ xmlns: false });
  private readonly ampersands = new Ampersands();
  private depth = 0;
  private begun = false;
  private own?: OwnNames;
  private last: Offset;
  /** What is to be added to the parser's own place. */
  private readonly base: Offset;

  /** @param start where the first piece begins, if that is amid the units */
  constructor(
    private readonly path: string,
    private readonly kind: XmlKind,
    private readonly handler: XmlHandler,
    private readonly start?: Start,
  ) {
    const { parser } = this;
    const before = start?.names.write(kind.before) ?? "";
    this.own = start?.names;
    this.last = start ?? { offset: 0, line: 1 };
    this.base = start
      ? { offset: start.offset - before.length, line: start.line - 1 }
      : { offset: 0, line: 0 };
    parser.on("error", ({ message }) =>
      this.take(message.replace(/^(\S*:)?\d+:\d+: /, "").replace(/\.$/, "")),
    );
    parser.on("xmldecl", ({ encoding }) => this.checkEncoding(encoding));
    parser.on("doctype", (doctype) => {
      if (doctype.includes("<!ENTITY"))
        this.refuse(
          "declares entities of its own, which could stand for files or for gigabytes.",
          "Remove the declarations from its <!DOCTYPE>.",
        );
    });
    // A copy: the parser's own objects are slow dictionaries of several times the size.
    parser.on("opentag", ({ name, attributes }) => this.open(name, { ...attributes }));
    parser.on("closetag", ({ name }) => {
      this.depth--;
      handler.close(this.own!.nameOf(name));
    });
    parser.on("text", (text) => handler.addText(text));
    parser.on("cdata", (text) => handler.addText(text));
    if (start) this.write(before);
  }

  /** Where it is. */
  get at(): Offset {
    return {
      offset: this.base.offset + this.parser.position,
      line: this.base.line + this.parser.line,
    };
  }

  /** Where a unit or the header last began or ended; the start before that. */
  get boundary(): Offset {
    return this.last;
  }

  /** How the document writes its names, once it has shown that it is of its kind. */
  get names(): OwnNames | undefined {
    return this.own;
  }

  /** To be called where a unit or the header begins or ends. */
  mark(): Offset {
    this.last = this.at;
    return this.last;
  }

  /** Takes the next piece. */
  write(piece: string): void {
    this.begun ||= this.begins(piece);
    this.parse(this.ampersands.take(piece));
  }

  /** To be called after the last piece. */
  end(): void {
    this.parse(this.ampersands.takeRest());
    this.parser.close();
  }

  /** @throws BrokenInput: what ended before this place is sound */
  fail(problem: string): never {
    throw new BrokenInput({ path: this.path, line: this.at.line }, `${problem}.`, {
      advice: "Correct the file, or export it again.",
    });
  }

  private parse({ text, bare }: Parsable): void {
    this.parser.write(text);
    if (bare) this.fail("has an & that begins no entity; expected &amp;");
    if (this.at.offset - this.last.offset > MAX_UNIT) this.fail("has a unit of more than 16 MiB");
  }

  /** Whether a first character has come. */
  private begins(piece: string): boolean {
    const first = piece.trimStart()[0];
    if (first !== undefined && first !== "<")
      this.refuse(
        `is not ${this.kind.name}: it begins with ${JSON.stringify(first)}.`,
        say`Name the right ${option("format")}.`,
      );
    return first !== undefined;
  }

  /** Takes the parser's error; between units that follow a broken one, more groups may end than have begun. */
  private take(problem: string): void {
    const { kind, handler, start } = this;
    if (kind.hasGroups && start && !handler.openLine && problem === "unexpected close tag") return;
    this.fail(
      problem === "disallowed character"
        ? "has a control character, or bytes that are no text in the encoding of the file"
        : problem,
    );
  }

  /** @throws InputError: nothing of this document is read */
  private refuse(problem: string, advice?: Wording): never {
    throw new InputError({ path: this.path, line: this.at.line }, problem, { advice });
  }

  private checkEncoding(encoding: string | undefined): void {
    if (encoding === undefined || DECLARED.test(encoding)) return;
    this.refuse(
      `declares the encoding ${encoding}; expected UTF-8 or UTF-16.`,
      "Convert it to UTF-8, and say so in its first line.",
    );
  }

  private open(name: string, attributes: Attributes): void {
    const { root, name: kind } = this.kind;
    if (this.depth++ === 0 && localName(name) !== (root ?? localName(name)))
      this.refuse(`is not ${kind}: its first element is <${name}>; expected <${root}>.`);
    this.own ??= new OwnNames(name, attributes);
    if (this.depth > DEEPEST) this.fail(`nests elements more than ${DEEPEST} deep`);
    this.handler.open(this.own.nameOf(name), attributes);
  }
}
