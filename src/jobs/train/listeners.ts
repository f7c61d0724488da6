import type { JobEvent } from "../../events.js";
import type { TrainTableOptions } from "../../train/training.js";
import { note } from "../../wording.js";

/** The loss that is shown is a moving average: a batch's own loss depends on its language. */
const SMOOTHING = 0.02;

/** Tells of steps and validations as a job does. */
export function trainingListeners(
  onEvent: (event: JobEvent) => void,
): Pick<TrainTableOptions, "onStep" | "onValidation"> {
  let smooth = Number.NaN;
  return {
    onValidation: ({ step, accuracy, best }) => {
      const message = `step ${step}: validation accuracy ${accuracy.toFixed(4)}${best ? ", the best so far" : ""}`;
      onEvent(note(message));
    },
    onStep: ({ step, steps, loss, pairsPerSecond }) => {
      smooth = Number.isNaN(smooth) ? loss : smooth + SMOOTHING * (loss - smooth);
      const detail = `loss ${smooth.toFixed(3)} · ${Math.round(pairsPerSecond)} pairs/s`;
      onEvent({ kind: "progress", stage: "train", done: step, total: steps, unit: "steps", detail });
    },
  };
}
