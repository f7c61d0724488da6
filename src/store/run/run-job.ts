import { InputError } from "../../errors.js";
import type { Manifest, RunJob } from "./manifest.js";

/** Stages that one job alone has: by them a manifest is known that does not name its job. */
const OWN_STAGES: readonly (readonly [stage: string, job: RunJob])[] = [
  ["source", "mine"],
  ["bitext", "score"],
  ["plan", "criss"],
  ["outputs", "extract"],
];

/** What a folder has that another job may have been meant to take. */
const TO_TAKE: Partial<Record<RunJob, string>> = {
  criss: "; its pairs are in its folder pairs",
  extract: "; the files in it are what can be mined",
};

/** @throws InputError if a folder is that of another job */
export function refuseOtherJob(folder: string, { job, stages }: Manifest, wanted: RunJob): void {
  const found = job ?? OWN_STAGES.find(([stage]) => Object.hasOwn(stages, stage))?.[1];
  if (found === undefined || found === wanted) return;
  throw new InputError(
    { path: folder },
    `is the folder of ${found}, not of ${wanted}${TO_TAKE[found] ?? ""}.`,
    { advice: "Name another folder." },
  );
}
