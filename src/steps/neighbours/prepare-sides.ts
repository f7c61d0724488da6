import type { JobEvent } from "../../events.js";
import type { SideName } from "../../types/texts.js";
import { option, say, warning } from "../../wording.js";
import type { Sides } from "../texts/side.js";
import { checkSpaces } from "../vectors/check-spaces.js";
import type { Neighbourhood } from "../vectors/few-sides.js";
import { prepareSide, type SideRows } from "../vectors/prepare-side.js";
import type { SearchedVectors } from "./indexes/index-options.js";

/** Both sides' vectors as they are compared. */
export interface PreparedSides extends SearchedVectors {
  /** The encoder's space. */
  space: string;
  /** Whether each side's mean was subtracted. */
  centre: boolean;
}

/** Makes both sides' vectors comparable, and leaves out what can match nothing. */
export function prepareSides(
  sides: Sides,
  { source, target }: Record<SideName, SideRows>,
  {
    centre,
    held = true,
    onEvent,
  }: {
    /** Subtract each side's mean from its vectors. */
    centre: boolean;
    /** Whether both sides' vectors are held in memory. @default true */
    held?: boolean;
    onEvent: (event: JobEvent) => void;
  },
): PreparedSides {
  checkSpaces(source.info, target.info);
  const sentences = Math.min(source.info.rows, target.info.rows);
  const options = { centre, sentences, held, onEvent };
  return {
    source: prepareSide(source, { ...options, name: sides.source.name }),
    target: prepareSide(target, { ...options, name: sides.target.name }),
    space: source.info.space,
    centre,
  };
}

/** Tells where neighbourhoods cannot be as large as they were asked for. */
export function warnOfClippedK(
  { k, boundedK }: Neighbourhood,
  { source, target }: SearchedVectors,
  onEvent: (event: JobEvent) => void,
): void {
  const smaller = Math.min(source.vectors.rows, target.vectors.rows);
  if (boundedK || k <= smaller) return;
  onEvent(
    warning(
      say`${option("k")} is ${k}, but a side has only ${smaller} sentences to search, so neighbourhoods are of ${smaller}.`,
    ),
  );
}
