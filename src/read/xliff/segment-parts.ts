import type { Content, WholeContent } from "./content.js";

/** States in which a target is none yet: those of XLIFF 1, and that of 2. */
const UNTRANSLATED: ReadonlySet<string> = new Set(["new", "needs-translation", "initial"]);

/** A segment of XLIFF 2, or the whole unit of XLIFF 1. */
export interface Segment {
  state?: string;
  source?: WholeContent;
  /** How the source is cut. */
  cut?: WholeContent;
  target?: WholeContent;
}

/** A source and its translation, if it has one yet. */
export interface Part {
  source: Content;
  target?: Content;
}

/** What a segment consists of: itself, or the parts that `<mrk mtype="seg">` cuts it into. */
export function partsOf({ source, cut, target, state = "" }: Segment): Part[] {
  const whole = source ?? cut;
  if (!whole) return [];
  const translation = (found: Content | undefined) =>
    found && found.text.trim() !== "" && !UNTRANSLATED.has(state) ? found : undefined;
  const { segments } = cut ?? whole;
  const isCut = segments.size > 0 && (!target?.text || target.segments.size > 0);
  if (!isCut) return [{ source: whole, target: translation(target) }];
  return [...segments].map(([mid, part]) => ({
    source: part,
    target: translation(target?.segments.get(mid)),
  }));
}
