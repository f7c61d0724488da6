import { realpath } from "node:fs/promises";
import { InputError } from "../../errors.js";
import { TEXT_OPTION } from "../../steps/texts/foreign-options.js";
import { identifyGiven } from "../../steps/texts/identify-given.js";
import { type OpenedVectors, openVectorsOrLines, type VectorsAlone } from "../../steps/texts/open-sources.js";
import {
  refuseEmpty,
  type Side,
  type SideOptions,
  type Sides,
  sideKey,
  sideStage,
} from "../../steps/texts/side.js";
import { sideOfLines } from "../../steps/texts/side-of-lines.js";
import type { VectorsSource } from "../../steps/texts/source-kind.js";
import { checkSpaces } from "../../steps/vectors/check-spaces.js";
import { centringKey } from "../../steps/vectors/few-sides.js";
import { vectorsOfFile } from "../../steps/vectors/file-source.js";
import { openLazyRows } from "../../steps/vectors/lazy-rows.js";
import type { SideRows } from "../../steps/vectors/prepare-side.js";
import { rowsOfLines } from "../../steps/vectors/rows-of-side.js";
import { settleCentre } from "../../steps/vectors/vector-sources.js";
import { vectorsStage } from "../../steps/vectors/vectors-stage.js";
import type { FileState } from "../../store/files/file-state.js";
import type { Key } from "../../store/run/manifest.js";
import { makeAnew } from "../../store/run/stage.js";
import type { SideName } from "../../types/texts.js";
import { option, say } from "../../wording.js";
import type { TileText } from "./tile-info.js";

/** Both sides of a search between files of vectors. */
export interface TileSides {
  sides: Sides;
  texts: Record<SideName, TileText>;
  /** What the vectors and their centring depend on, as a run folder knows it. */
  vectorsKey: Key;
  /** Opens a side's vectors, which stay in their file. */
  open(side: SideName): Promise<SideRows & AsyncDisposable>;
  /** What each file was when it was hashed. */
  states: readonly (FileState | undefined)[];
  /** What the sentences depend on, as a run folder knows it. */
  sideKeys: Record<SideName, Key>;
  /** Whether each side's mean is subtracted. */
  centre: boolean;
  dimensions: number;
}

export type TileSidesOptions = Omit<SideOptions, "side"> & { centre?: boolean; guard?: "copies" };

/**
 * Reads the sentences of both sides as a run that mines these vectors reads them, or takes what their descriptions say of
 * them, and says how to get at the vectors.
 *
 * @throws OptionError if the vectors cannot be compared; InputError if a text is not known or has changed,
 *   or is gone and needed
 */
export async function openTileSides(
  { source, target }: Record<SideName, VectorsSource>,
  options: TileSidesOptions,
): Promise<TileSides> {
  const isNeeded = askingForText(options).length > 0;
  const opened = {
    source: await openVectorsOrLines(source, { isNeeded }),
    target: await openVectorsOrLines(target, { isNeeded }),
  };
  checkSpaces(opened.source.vectors.info, opened.target.vectors.info);
  const identified = {
    source: await identifyGiven(opened.source.vectors),
    target: await identifyGiven(opened.target.vectors),
  };
  const read = {
    source: await readSide("source", opened.source, options),
    target: await readSide("target", opened.target, options),
  };
  const vectors = {
    source: await vectorsOfFile(opened.source.vectors, rowsOfLines(read.source.side), identified.source),
    target: await vectorsOfFile(opened.target.vectors, rowsOfLines(read.target.side), identified.target),
  };
  const centre = settleCentre(options.centre, vectors);
  const sides = { source: read.source.side, target: read.target.side };
  return {
    sides,
    texts: { source: read.source.text, target: read.target.text },
    sideKeys: { source: read.source.key, target: read.target.key },
    vectorsKey: {
      "source vectors": vectorsStage("source", sides.source, vectors.source).key,
      "target vectors": vectorsStage("target", sides.target, vectors.target).key,
      ...centringKey(centre, sides),
    },
    open: (side) => openLazyRows(opened[side].vectors, rowsOfLines(read[side].side), centre),
    states: [...identified.source.states, ...identified.target.states],
    centre,
    dimensions: vectors.source.dimensions,
  };
}

interface ReadSide {
  side: Side;
  key: Key;
  text: TileText;
}

async function readSide(
  name: SideName,
  opened: OpenedVectors | VectorsAlone,
  { centre: _, guard, ...options }: TileSidesOptions,
): Promise<ReadSide> {
  if ("lines" in opened) return readLines(name, opened, { guard, ...options });
  const { text } = opened;
  const stage = sideStage(text, { ...options, side: name });
  return {
    side: refuseEmpty(await makeAnew(stage)),
    key: stage.key,
    text: { path: await realpath(text.source), read: text.read },
  };
}

/** The same without the text, if nothing asks for what only the text tells. */
function readLines(
  name: SideName,
  { vectors, lines, text }: VectorsAlone,
  options: Omit<TileSidesOptions, "centre">,
): ReadSide {
  const [asking] = askingForText(options);
  if (asking !== undefined)
    throw new InputError(
      { path: text.path },
      say`the text that ${vectors.path} was embedded from is gone, which ${option(asking)} needs.`,
      { advice: say`Say where it is with ${option(TEXT_OPTION[name])}, or leave the option out.` },
    );
  const side = refuseEmpty(sideOfLines(lines, vectors));
  return { side, key: sideKey(text, {}), text: { path: text.path, read: text.read } };
}

/** Options that only the text can answer. */
function askingForText({ guard, minCharacters, maxCharacters }: TileSidesOptions): string[] {
  const asking = Object.entries({ guard, minCharacters, maxCharacters });
  return asking.filter(([, value]) => value !== undefined).map(([name]) => name);
}
