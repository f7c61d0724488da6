import { rm } from "node:fs/promises";
import { join } from "node:path";
import { WINDOW } from "../../../embed/embed.js";
import { FOLDERS } from "../../../steps/runs/loop-names.js";
import type { Side } from "../../../steps/texts/side.js";
import { type SideVectors, type VectorSource, vectorsStage } from "../../../steps/vectors/vectors-stage.js";
import { placeStage } from "../folder/placed-stage.js";
import type { KnownEncoder, Layer } from "../known-encoder.js";
import { openWhenNeeded } from "../lazy-encoder.js";
import type { Loop, Round } from "../loop.js";
import type { SettledCriss } from "../options.js";

/** What a round's encoder makes of the texts. */
export interface RoundVectors extends AsyncDisposable {
  /** A text's vectors, by its number. */
  of(text: number): Promise<SideVectors>;
  /** Removes the vectors that neither this pair, nor a later one, nor another round needs. */
  drop(next: number): Promise<void>;
}

/** Embeds a text when it is first asked for; for a layer over the start, from the start's kept vectors. */
export function openRoundVectors(loop: Loop, round: Round): RoundVectors {
  const { plan, texts, run, stages, options } = loop;
  const { kept, over, key } = round.encoder;
  if (kept) return { of: kept.of, drop: async () => {}, [Symbol.asyncDispose]: kept.close };
  const opened = over ? openOver(over, options) : openFor(loop, round);
  return {
    of: (text) => {
      const open = () => opened.sourceOf(texts[text], text);
      const stage = vectorsStage(plan.texts[text].name, texts[text], { key: { encoder: key }, open });
      return run.keep(placeStage({ ...stage, silent: ["kept"] }, stages.rounds[round.number].vectors[text]));
    },
    drop: (next) => dropVectors(loop, round.number, next),
    [Symbol.asyncDispose]: opened.close,
  };
}

/** Drops the vectors that no further pair needs, and at the end their folder. */
async function dropVectors({ plan, run, stages }: Loop, round: number, next: number): Promise<void> {
  const needed = new Set(plan.pairs.slice(next).flatMap(({ source, target }) => [source, target]));
  const { vectors } = stages.rounds[round];
  const done = vectors.filter(({ name }, text) => !needed.has(text) && run.done.includes(name));
  if (done.length > 0) await run.drop(done);
  if (needed.size === 0) await rm(join(run.path, FOLDERS.vectors(round)), { recursive: true, force: true });
}

function openFor({ plan, options }: Loop, { encoder }: Round) {
  const { sourceOf, close } = openWhenNeeded(encoder, options);
  return { sourceOf: (side: Side, text: number) => sourceOf(side, plan.texts[text].language), close };
}

function openOver({ kept, openLayer }: NonNullable<KnownEncoder["over"]>, { signal, onEvent }: SettledCriss) {
  let layer: Promise<Layer> | undefined;
  return {
    sourceOf: async (side: Side, text: number): Promise<VectorSource> => {
      const vectors = await kept.of(text);
      layer ??= openLayer(vectors.info.dimensions);
      const { dimensions, digest, apply } = await layer;
      const fill: VectorSource["fill"] = async (_, stage, sink) => {
        try {
          for (const { rows } = vectors.info; sink.rows < rows; ) {
            signal?.throwIfAborted();
            await sink.append(await apply(vectors.read(sink.rows, Math.min(sink.rows + WINDOW, rows))));
            onEvent({
              kind: "progress",
              stage,
              done: sink.rows,
              total: side.texts.length,
              unit: "sentences",
            });
          }
        } finally {
          vectors[Symbol.dispose]();
        }
      };
      return {
        space: `${vectors.info.space}+${digest.slice(0, 12)}`,
        prompt: vectors.info.prompt,
        language: vectors.info.language,
        dimensions,
        centre: true,
        fill,
      };
    },
    close: async () => {
      await (await layer?.catch(() => undefined))?.close();
      await kept.close();
    },
  };
}
