import { realpath } from "node:fs/promises";
import { type OpenedVectors, openVectorsSource } from "../../steps/texts/open-sources.js";
import { refuseEmpty, type Side, type SideOptions, type Sides, sideStage } from "../../steps/texts/side.js";
import type { VectorsSource } from "../../steps/texts/source-kind.js";
import { vectorsOfFile } from "../../steps/vectors/file-source.js";
import { compared, settleCentre } from "../../steps/vectors/vector-sources.js";
import { type SideVectors, vectorsStage } from "../../steps/vectors/vectors-stage.js";
import type { Key } from "../../store/run/manifest.js";
import { makeAnew, type Stage } from "../../store/run/stage.js";
import type { SideName } from "../../types/texts.js";
import type { ShardText } from "./shard-info.js";

/** Both sides of a search between files of vectors. */
export interface ShardSides {
  sides: Sides;
  texts: Record<SideName, ShardText>;
  stages: Record<SideName, Stage<SideVectors>>;
  /** What the sentences depend on, as a run folder knows it. */
  sideKeys: Record<SideName, Key>;
  /** Whether each side's mean is subtracted. */
  centre: boolean;
  dimensions: number;
}

export type ShardSidesOptions = Omit<SideOptions, "side"> & { centre?: boolean };

/**
 * Reads the sentences of both sides as a run that mines these vectors reads them, and says how to get at the vectors.
 *
 * @throws OptionError if the vectors cannot be compared; InputError if a text is not known, gone or has changed
 */
export async function openShardSides(
  { source, target }: Record<SideName, VectorsSource>,
  options: ShardSidesOptions,
): Promise<ShardSides> {
  const opened = { source: await openVectorsSource(source), target: await openVectorsSource(target) };
  const vectors = compared(
    await vectorsOfFile(opened.source.vectors),
    await vectorsOfFile(opened.target.vectors),
  );
  const read = {
    source: await readText("source", opened.source.text, options),
    target: await readText("target", opened.target.text, options),
  };
  return {
    sides: { source: read.source.side, target: read.target.side },
    texts: { source: read.source.text, target: read.target.text },
    sideKeys: { source: read.source.key, target: read.target.key },
    stages: {
      source: vectorsStage("source", read.source.side, vectors.source),
      target: vectorsStage("target", read.target.side, vectors.target),
    },
    centre: settleCentre(options.centre, vectors),
    dimensions: vectors.source.dimensions,
  };
}

async function readText(
  name: SideName,
  text: OpenedVectors["text"],
  { centre: _, ...options }: ShardSidesOptions,
): Promise<{ side: Side; key: Key; text: ShardText }> {
  const stage = sideStage(text, { ...options, side: name });
  return {
    side: refuseEmpty(await makeAnew(stage)),
    key: stage.key,
    text: { path: await realpath(text.source), read: text.read },
  };
}
