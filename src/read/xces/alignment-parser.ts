import type { UnitParser } from "../units/unit.js";
import type { Start } from "../xml/own-names.js";
import type { Attributes, XmlHandler, XmlKind } from "../xml/xml-handler.js";
import { XmlParser } from "../xml/xml-parser.js";

/** A `<linkGrp>`: the documents whose sentences the links after it name. */
export interface Group {
  kind: "group";
  line: number;
  from: string;
  to: string;
}

/** A `<link>`: the sentences of either side, in their order. */
export interface Link {
  kind: "link";
  line: number;
  id: string;
  /** As it stands: identifiers, a semicolon, identifiers. */
  targets: string;
  certainty?: string;
}

const XCES: XmlKind = { name: "an XCES alignment", root: "cesAlign", before: "<cesAlign><linkGrp>" };

/** Takes the text of an XCES alignment (cesAlign) piece by piece, and gives its groups and links as they come. */
export class AlignmentParser implements UnitParser, XmlHandler {
  readonly xml: XmlParser;
  openLine: number | undefined;
  /** The documents that the first element names, for groups that name none. */
  private root: Attributes = {};

  /** @param start where the first piece begins, if that is amid the links */
  constructor(
    path: string,
    private readonly take: (found: Group | Link) => void,
    start?: Start,
  ) {
    this.xml = new XmlParser(path, XCES, this, start);
  }

  open(name: string, attributes: Attributes): void {
    if (name === "cesAlign") this.root = attributes;
    if (name === "linkGrp") this.openGroup({ ...this.root, ...attributes });
    if (name !== "link") return;
    const { line } = this.xml.mark();
    this.openLine = line;
    const { id = "", xtargets: targets = "", certainty } = attributes;
    this.take({ kind: "link", line, id, targets, certainty });
  }

  addText(): void {}

  close(name: string): void {
    if (name === "link") {
      this.openLine = undefined;
      this.xml.mark();
    }
  }

  private openGroup({ fromDoc: from, toDoc: to }: Attributes): void {
    if (from !== undefined && to !== undefined)
      this.take({ kind: "group", line: this.xml.mark().line, from, to });
  }
}
