import type { Attributes, Offset } from "./xml-handler.js";

/** The prefix of a name, and the name without it. */
function cut(written: string): readonly [prefix: string, local: string] {
  const at = written.indexOf(":");
  return at < 0 ? ["", written] : [written.slice(0, at), written.slice(at + 1)];
}

/** The name without its prefix. */
export const localName = (written: string): string => cut(written)[1];

/**
 * Tells the elements of a document's own kind, whatever prefix stands for it: they are of the namespace of its first element.
 * That element declares all prefixes that are known here.
 */
export class OwnNames {
  /** That of the first element, and others for the same namespace; an empty one where there is none. */
  private readonly prefixes: readonly string[];
  /** Whether names without a prefix are of another namespace. */
  private readonly isBareForeign: boolean;

  /** @param root the first element's name as it is written */
  constructor(root: string, attributes: Attributes) {
    const [prefix] = cut(root);
    const namespace = attributes[prefix === "" ? "xmlns" : `xmlns:${prefix}`];
    const others = Object.entries(attributes).filter(
      ([name, value]) => name.startsWith("xmlns:") && value === namespace,
    );
    this.prefixes = [...new Set([prefix, ...others.map(([name]) => localName(name))])];
    this.isBareForeign = prefix !== "" && (attributes.xmlns ?? namespace) !== namespace;
  }

  /** The name of an element as its kind knows it; one of another namespace has a prefix, if an empty one. */
  nameOf(written: string): string {
    if (!written.includes(":")) return this.isBareForeign ? `:${written}` : written;
    const [prefix, local] = cut(written);
    return this.prefixes.includes(prefix) ? local : written;
  }

  /** How elements of these names may be written in the document. */
  spellingsOf(names: readonly string[]): string[] {
    const bare = this.isBareForeign ? [] : names;
    const prefixed = this.prefixes.filter((prefix) => prefix !== "");
    return [...bare, ...prefixed.flatMap((prefix) => names.map((name) => `${prefix}:${name}`))];
  }

  /** Start tags as the document would write them. */
  write(tags: string): string {
    const [prefix] = this.prefixes;
    return prefix === "" ? tags : tags.replaceAll("<", `<${prefix}:`);
  }
}

/** Where a parser begins amid the units of a document, and how the document writes its names. */
export interface Start extends Offset {
  names: OwnNames;
}
