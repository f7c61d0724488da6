import { join } from "node:path";
import { readEncoderFolder } from "../../../embed/folder/encoder-folder.js";
import { FOLDERS } from "../../../steps/runs/loop-names.js";
import type { Candidates } from "../../../types/neighbours.js";
import { type KnownEncoder, trainedKey } from "../known-encoder.js";
import type { Loop, ReadLoop } from "../loop.js";
import type { Bitext } from "../rounds/bitext.js";

/** What mines the first round: the start, trained on the user's pairs where there are any. */
export async function seedStart(loop: ReadLoop & Pick<Loop, "start">): Promise<KnownEncoder> {
  const { run, stages, trainer, start, seeds, options } = loop;
  if (seeds.every((pairs) => pairs === undefined)) return start;
  const bitext = seedBitext(loop);
  const key = { ...trainer.key, start: start.key, seeds: bitext.hash };
  const folder = join(run.path, FOLDERS.seeded);
  const { signal, onEvent } = options;
  await run.keep({
    ...stages.seeded,
    key,
    make: (unfinished) => {
      const places = { output: folder, notes: `${folder}-notes`, unfinished };
      return trainer.train(bitext, start, { round: 0, ...places, signal, onEvent });
    },
    save: async () => {},
    load: async () => {
      await readEncoderFolder(folder);
      return {};
    },
  });
  return { folder, key: trainedKey(key) };
}

/** The user's pairs alone. */
function seedBitext({ plan, texts, seeds }: ReadLoop): Bitext {
  const none = new Uint32Array();
  const candidates: Candidates = {
    ...{ length: 0, k: 1, sourceRows: 0, targetRows: 0, source: none, target: none },
    ...{ cosine: new Float32Array(), forwardRank: new Uint16Array(), backwardRank: new Uint16Array() },
  };
  const pairs = { sources: none, targets: none };
  const groups = plan.pairs.flatMap(({ name, languages, source, target }, i) =>
    seeds[i]
      ? {
          ...{
            name,
            languages,
            candidates: async () => candidates,
            training: pairs,
            heldOut: pairs,
            seeds: seeds[i],
          },
          ...{ source: texts[source].texts, target: texts[target].texts, numbers: { source, target } },
        }
      : [],
  );
  return { groups, hash: groups.map(({ name, seeds: { hash } }) => `${name} ${hash}`).join() };
}
