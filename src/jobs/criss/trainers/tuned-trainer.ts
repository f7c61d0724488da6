import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryPath } from "../../../store/files/whole-file.js";
import { note } from "../../../wording.js";
import type { Bitext } from "../rounds/bitext.js";
import { countBest } from "../rounds/training-choice.js";
import { findHeldOut } from "./find-held-out.js";
import type { TrainedEncoder, Trainer } from "./trainer.js";

/**
 * Trains an encoder with each of several shares of the pairs, and keeps the one that finds most held-out pairs; of
 * equals that of the first share. Tran et al. 2020 tune a threshold this way; a share suits any encoder's margins.
 *
 * @param shares the shares of pairs, from the lowest margin, that are left out
 */
export function tuneTrainer(
  trainer: Trainer,
  shares: readonly number[],
  { threads }: { threads?: number },
): Trainer {
  return {
    ...trainer,
    key: { ...trainer.key, tune: shares },
    async train(bitext, start, context) {
      // What one share's training left would be another's to go on from.
      const { output, unfinished: _, ...watch } = context;
      const { openLayer } = trainer;
      const work = temporaryPath(`${output}.tune`);
      await rm(work, { recursive: true, force: true });
      await mkdir(work);
      const tried: NonNullable<TrainedEncoder["tried"]> = [];
      const facts: TrainedEncoder[] = [];
      for (const leftOut of shares) {
        const folder = join(work, String(leftOut));
        const notes = join(watch.notes, String(leftOut));
        facts.push(await trainer.train(bestOf(bitext, leftOut), start, { ...watch, output: folder, notes }));
        tried.push({
          leftOut,
          found: await findHeldOut({ folder, openLayer, kept: start.kept }, bitext, { threads, ...watch }),
        });
      }
      const best = tried.reduce((a, b, i) => (b.found > tried[a].found ? i : a), 0);
      watch.onEvent(note(describeTried(tried, best)));
      await rm(output, { recursive: true, force: true });
      await rename(join(work, String(shares[best])), output);
      await rm(work, { recursive: true });
      return { ...facts[best], tried };
    },
  };
}

function bestOf({ groups, hash }: Bitext, leftOut: number): Bitext {
  return {
    groups: groups.map((group) => {
      const { sources, targets } = group.training;
      const count = Math.max(2, countBest(sources.length, leftOut));
      return {
        ...group,
        training: { sources: sources.subarray(0, count), targets: targets.subarray(0, count) },
      };
    }),
    hash: `${hash} without ${leftOut}`,
  };
}

function describeTried(tried: NonNullable<TrainedEncoder["tried"]>, best: number): string {
  const shares = tried.map(({ leftOut, found }) => `${found.toFixed(3)} without ${leftOut}`);
  return `tuned: of the pairs held out are found ${shares.join(", ")} of the lowest margins · kept the encoder without ${tried[best].leftOut}`;
}
