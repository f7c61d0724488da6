import { rm } from "node:fs/promises";
import { join } from "node:path";
import { WINDOW } from "../../embed/embed.js";
import type { RunFolder } from "../../store/run-folder.js";
import type { Side } from "../side.js";
import { type SideVectors, type VectorSource, vectorsStage } from "../vectors-stage.js";
import type { KnownEncoder, Layer } from "./known-encoder.js";
import { type EmbedOptions, openWhenNeeded } from "./lazy-encoder.js";
import { FOLDERS, STAGES } from "./names.js";
import { placeStage } from "./placed-stage.js";
import type { Plan } from "./plan.js";

/** What a round's encoder makes of the texts. */
export interface RoundVectors {
  /** A text's vectors, by its number. */
  of(text: number): Promise<SideVectors>;
  /** Removes those that no other round needs. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

/** Embeds texts when they are asked for; where the encoder is another one and a layer more, that one's vectors do. */
export function openRoundVectors(
  round: number,
  plan: Plan,
  texts: readonly Side[],
  encoder: KnownEncoder,
  run: RunFolder,
  options: EmbedOptions,
): RoundVectors {
  const { kept, over, key } = encoder;
  if (kept) return { of: kept.of, drop: async () => {}, close: kept.close };
  const opened = over ? openOver(over, options) : openWhenNeeded(encoder, options);
  return {
    of: (number) => {
      const { name } = plan.texts[number];
      const open = () => opened.sourceOf(texts[number], number);
      const stage = vectorsStage(name, texts[number], { key: { encoder: key }, open });
      return run.keep(placeStage(stage, STAGES.vectors(round, name), FOLDERS.vectors(round)));
    },
    drop: async () => {
      await run.forget(...plan.texts.map(({ name }) => STAGES.vectors(round, name)));
      await rm(join(run.path, FOLDERS.vectors(round)), { recursive: true, force: true });
    },
    close: opened.close,
  };
}

function openOver({ kept, openLayer }: NonNullable<KnownEncoder["over"]>, { signal, onEvent }: EmbedOptions) {
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
          vectors.close();
        }
      };
      return {
        space: `${vectors.info.space}+${digest.slice(0, 12)}`,
        prompt: vectors.info.prompt,
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
