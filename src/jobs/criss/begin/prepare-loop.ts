import { refuseUnusedReading } from "../../../steps/texts/check-reading.js";
import { nameText } from "../../../steps/texts/source-kind.js";
import type { Loop } from "../loop.js";
import type { SettledCriss } from "../options.js";
import type { Plan } from "../plan.js";
import { openTrainer } from "../trainers/open-trainer.js";
import { checkPairNames } from "./gold.js";
import { readSeedPairs } from "./seed-pairs.js";
import { checkFirst, findStart } from "./start.js";
import { findTatoebaSet } from "./tatoeba-set.js";

/**
 * Refuses what cannot work before anything is written, and finds what the rounds are trained and measured by.
 *
 * @throws OptionError, InputError, ModelError
 */
export async function prepareLoop(
  plan: Plan,
  options: SettledCriss,
): Promise<Pick<Loop, "trainer" | "tatoeba" | "seeds">> {
  const {
    encoder,
    gold,
    seedPairs = {},
    read,
    evaluateOn,
    variant,
    device,
    revision,
    prompt,
    promptName,
    signal,
    onEvent,
  } = options;
  checkPairNames({ gold, seedPairs }, plan);
  refuseUnusedReading(plan.texts.map(({ name, source }) => nameText(source, name, read)));
  await checkFirst(plan, options);
  const folder = await findStart(plan, options);
  const trainer = await openTrainer(encoder, folder, options);
  const how = { variant, device, revision, prompt, promptName, signal, onEvent };
  if (folder) await trainer.checkStart(encoder, folder, how);
  const tatoeba = evaluateOn === undefined ? undefined : await findTatoebaSet(evaluateOn, plan, signal);
  const seeds = await readSeedPairs(seedPairs, plan, { signal, onEvent });
  return { trainer, tatoeba, seeds };
}
