import type { JobEvent } from "../../events.js";
import { countBags } from "../../train/bags.js";
import { holdOut } from "../../train/held-out.js";
import type { TrainingGroup } from "../../train/training.js";
import { warning } from "../../wording.js";
import type { TrainingChoices } from "./choices.js";

/** Warns of files with fewer pairs than a batch: their pairs have fewer wrong answers to tell apart. */
export function warnOfSmallFiles(
  groups: readonly TrainingGroup[],
  { batch, validation, seed }: TrainingChoices,
  onEvent: (event: JobEvent) => void,
): void {
  for (const [group, { name, source }] of groups.entries()) {
    const { training } = holdOut(countBags(source), { validation, seed, group });
    if (training.length >= batch) continue;
    onEvent(
      warning(
        `${name}: has ${training.length} pairs to train on, fewer than a batch of ${batch}, so its batches are smaller.`,
      ),
    );
  }
}
