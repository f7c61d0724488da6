import type { InputError, JobEvent, ProgressEvent, Remark } from "../src/index.js";
import { printable } from "../src/text/printable.js";
import { spell } from "../src/wording.js";
import type { Context } from "./context.js";
import { describeProgress } from "./describe-progress.js";
import { spellOption } from "./spell-option.js";
import { tell } from "./tell.js";

const QUIET_MS = 2000;
const TERMINAL_INTERVAL_MS = 200;
const LOG_INTERVAL_MS = 10_000;
const SKIPS_SHOWN = 3;

export interface ProgressOptions {
  quiet?: boolean;
  verbose?: boolean;
}

export const PROGRESS_FLAGS = ["quiet", "verbose"] as const satisfies (keyof ProgressOptions)[];

/**
 * Shows a job's events on stderr: on a terminal one line that is rewritten; elsewhere, with `verbose`, a line now and
 * then; nothing for work of less than two seconds.
 */
export class Progress {
  private stage = "";
  private stageStart = 0;
  /** How much was done when the stage was first heard of: a resumed stage does not begin at 0. */
  private stageDone = 0;
  private readonly start = performance.now();
  private lastShown = 0;
  private lineOpen = false;
  private skips = 0;
  private skipsShown = 0;
  private lastSkip?: InputError;

  constructor(
    private readonly stderr: Context["stderr"],
    private readonly options: ProgressOptions,
  ) {}

  show(event: JobEvent): void {
    if (this.options.quiet) return;
    if (event.kind === "progress") this.showProgress(event);
    else if (event.kind === "stage") this.showStage(event);
    else if (event.kind === "skipped") this.showSkip(event.error);
    else this.showRemark(event);
  }

  /** Ends with how much was skipped, where not all of it was shown, and the run's summary, if it has one. */
  finish(summary?: string): void {
    if (this.skips > this.skipsShown) this.line(`crisscross: skipped ${this.skips} in all`);
    if (summary !== undefined && !this.options.quiet) this.line(summary);
  }

  /** Erases the progress line. */
  clear(): void {
    if (this.lineOpen) this.stderr.write("\r\x1b[K");
    this.lineOpen = false;
  }

  private showRemark({ kind, message, wording = message }: Remark): void {
    const text = spell(wording, spellOption);
    this.line(kind === "warning" ? `crisscross: ${text}` : text);
  }

  /** Leaves the advice out: the line has been skipped already. What one fault costs is shown once. */
  private showSkip(error: InputError): void {
    this.skips++;
    if (error === this.lastSkip || this.skipsShown === SKIPS_SHOWN) return;
    this.lastSkip = error;
    this.skipsShown++;
    this.line(`crisscross: skipped: ${error.explain({ spellOption, advice: false })}`);
  }

  private showProgress(event: ProgressEvent): void {
    const { stage, done } = event;
    const now = performance.now();
    if (stage !== this.stage) {
      this.stage = stage;
      this.stageStart = now;
      this.stageDone = done;
    }
    const interval = this.stderr.isTTY ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS;
    if (now - this.start < QUIET_MS || now - this.lastShown < interval) return;
    this.lastShown = now;
    const text = printable(describeProgress(event, done - this.stageDone, (now - this.stageStart) / 1000));
    if (this.stderr.isTTY) {
      this.stderr.write(`\r${text}\x1b[K`);
      this.lineOpen = true;
    } else if (this.options.verbose) this.line(text);
  }

  private showStage({ stage, what, changes }: Extract<JobEvent, { kind: "stage" }>): void {
    if (what === "kept") this.line(`${stage}: done before, kept`);
    if (what === "remade") this.line(printable(`${stage}: done again: ${changes.join("; ")}`));
  }

  private line(text: string): void {
    this.clear();
    tell(text, this.stderr);
  }
}
