import { rm } from "node:fs/promises";
import { join } from "node:path";
import { WINDOW } from "../../embed/embed.js";
import type { Side } from "../../steps/texts/side.js";
import { type SideVectors, type VectorSource, vectorsStage } from "../../steps/vectors/vectors-stage.js";
import { vectorFiles } from "../../store/arrays/vectors-file.js";
import type { RunFolder } from "../../store/run/run-folder.js";
import type { KnownEncoder, Layer } from "./known-encoder.js";
import { type EmbedOptions, openWhenNeeded } from "./lazy-encoder.js";
import { FOLDERS, STAGES } from "./names.js";
import { placeStage } from "./placed-stage.js";
import type { Plan } from "./plan.js";

/** What a round's encoder makes of the texts. */
export interface RoundVectors {
  /** A text's vectors, by its number. */
  of(text: number): Promise<SideVectors>;
  /** Removes those that none of the pairs from this one on needs, nor another round. */
  drop(next: number): Promise<void>;
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
    drop: (next) => dropVectors(round, plan, next, run),
    close: opened.close,
  };
}

/** Drops the vectors that no further pair needs, and at the end their folder. */
async function dropVectors(round: number, plan: Plan, next: number, run: RunFolder): Promise<void> {
  const folder = join(run.path, FOLDERS.vectors(round));
  const needed = new Set(plan.pairs.slice(next).flatMap(({ source, target }) => [source, target]));
  const done = plan.texts.filter(
    ({ name }, text) => !needed.has(text) && run.done.includes(STAGES.vectors(round, name)),
  );
  if (done.length > 0) await run.forget(...done.map(({ name }) => STAGES.vectors(round, name)));
  for (const { name } of done)
    for (const file of vectorFiles(join(folder, `${name}.npy`))) await rm(file, { force: true });
  if (needed.size === 0) await rm(folder, { recursive: true, force: true });
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
          vectors[Symbol.dispose]();
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
