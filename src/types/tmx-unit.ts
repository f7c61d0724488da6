/** What a translation unit of TMX holds beside its two texts; in JSON lines, the field `tmx`. */
export interface TmxUnit {
  /** That of the document; every unit of it has the same object. */
  header?: TmxElement;
  /** Of `<tu>`. */
  unit: TmxElement;
  /** Of each `<tuv>`, its language among the attributes. */
  source: TmxVariant;
  /** The other `<tuv>`. */
  target: TmxVariant;
}

/** Attributes, and the properties and notes in their order. */
export interface TmxElement {
  /** By name. */
  attributes: Readonly<Record<string, string>>;
  /** Those of `<prop>` and `<note>`. */
  properties: readonly TmxProperty[];
}

/** A `<prop>` or a `<note>`. */
export interface TmxProperty {
  /** The element's name. */
  name: "prop" | "note";
  /** By name. */
  attributes: Readonly<Record<string, string>>;
  /** Its text. */
  text: string;
}

/** A `<tuv>`. */
export interface TmxVariant extends TmxElement {
  /** The segment, where it has inline tags. */
  segment?: TmxSegment;
}

/** A `<seg>`. */
export interface TmxSegment {
  /** What the tags left of it when it was read: it stands for this text and no other. */
  text: string;
  /** Texts and inline tags, in order. */
  content: readonly TmxContent[];
}

/** A text, or an inline tag. */
export type TmxContent = string | TmxInline;

/** An inline tag: `bpt`, `ept`, `ph`, `it`, `hi`, `ut` or `sub`. */
export interface TmxInline {
  /** The element's name. */
  name: string;
  /** By name. */
  attributes: Readonly<Record<string, string>>;
  /** Texts and tags in it, in order. */
  content: readonly TmxContent[];
}
