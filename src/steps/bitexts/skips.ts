import type { InputError } from "../../errors.js";
import type { JobEvent } from "../../events.js";

/** Counts what is left out since it cannot be read, and tells it as a job does. */
export class Skips {
  count = 0;

  constructor(private readonly onEvent?: (event: JobEvent) => void) {}

  readonly onSkip = (error: InputError): void => {
    this.count++;
    this.onEvent?.({ kind: "skipped", error });
  };
}
