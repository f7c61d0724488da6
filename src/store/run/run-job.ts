import { InputError } from "../../errors.js";
import type { Manifest, RunJob } from "./manifest.js";

/** Stages that only one job has: they identify the job of a manifest that does not name it. */
const OWN_STAGES: readonly (readonly [stage: string, job: RunJob])[] = [
  ["source", "mine"],
  ["bitext", "score"],
  ["plan", "criss"],
  ["outputs", "extract"],
];

/** What to take from a folder, for a job that was given the wrong one. */
const TO_TAKE: Partial<Record<RunJob, string>> = {
  criss: "; its pairs are in its folder pairs",
  extract: "; the files in it are what can be mined",
};

/** Whose run a manifest is that of, where that can be told. */
export function jobOf({ job, stages }: Manifest): RunJob | undefined {
  return job ?? OWN_STAGES.find(([stage]) => Object.hasOwn(stages, stage))?.[1];
}

/** @throws InputError if a folder is that of another job */
export function refuseOtherJob(folder: string, manifest: Manifest, wanted: RunJob): void {
  const found = jobOf(manifest);
  if (found === undefined || found === wanted) return;
  throw new InputError(
    { path: folder },
    `is the folder of ${found}, not of ${wanted}${TO_TAKE[found] ?? ""}.`,
    { advice: "Name another folder." },
  );
}
