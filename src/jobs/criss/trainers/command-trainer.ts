import { mkdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openEncoder } from "../../../embed/open-encoder.js";
import { OptionError, TrainingError } from "../../../errors.js";
import { option, say, type Wording } from "../../../wording.js";
import type { KnownEncoder } from "../known-encoder.js";
import type { Bitext } from "../rounds/bitext.js";
import { findProblem } from "./command/check-made.js";
import { readFigures } from "./command/figures.js";
import { checkProgram, hashFiles } from "./command/find-program.js";
import { type LoggedEnd, runLogged } from "./command/run-logged.js";
import { writeBitext } from "./command/write-bitext.js";
import type { Trainer } from "./trainer.js";

/** What the trainer `command` runs. */
export interface CommandTrainerOptions {
  /**
   * A program and its arguments, which the trainer `command` runs in each round, without a shell. It gets three folders
   * as further arguments: the bitext (`XX-YY.tsv`, `source⇥target`, without held-out pairs), the encoder that the loop
   * started from, and an empty one for the new encoder, which must have the same size. Its environment has
   * CRISSCROSS_ROUND, CRISSCROSS_SEED, CRISSCROSS_PROMPT (what the loop puts before every sentence), CRISSCROSS_UNFINISHED
   * (a file that stays, if the program is killed, until the same command goes on), CRISSCROSS_BEFORE (the encoder that it
   * left in the round before) from the second round on, and CRISSCROSS_THREADS where `threads` is given. What it
   * writes into `figures.json` beside the encoder stands in the figures of the next round.
   */
  command?: readonly string[];
}

/** Sentences, likely of different lengths, whose vectors a new encoder has to give before it is accepted. */
const SAMPLE = 8;

/**
 * Lets a program train the round's encoder. Its input, its output (`log.txt`) and, if it is refused, the encoder it
 * made stay in the round's `training/`. The result is reproducible if the program keeps to its seed. The files that the
 * command names are part of the key; what those read in turn is not.
 *
 * @throws OptionError if there is no such program
 */
export async function commandTrainer(
  command: readonly string[],
  { seed = 0, threads }: { seed?: number; threads?: number },
): Promise<Trainer> {
  if (command.length === 0)
    throw new OptionError(say`${option("command")} is empty; expected a program and its arguments.`);
  await checkProgram(command[0]);
  return {
    key: { trainer: "command", command, files: await hashFiles(command), seed },
    followsBefore: "always",
    // Opened to check its variant and prompt.
    checkStart: async (name, _, how) => {
      const { close } = await openEncoder(name, { ...how, threads });
      await close?.();
    },
    async train(bitext, start, { round, before, output, notes, unfinished, ...watch }) {
      const [pairs, made, log] = ["bitext", "encoder", "log.txt"].map((name) => join(notes, name));
      await writeBitext(bitext, pairs);
      await mkdir(made);
      const { dimensions, prompt } = await lookAt(start, threads);
      const variables = {
        CRISSCROSS_ROUND: String(round),
        CRISSCROSS_SEED: String(seed),
        CRISSCROSS_PROMPT: prompt,
        ...(unfinished && { CRISSCROSS_UNFINISHED: resolve(unfinished) }),
        ...(before && { CRISSCROSS_BEFORE: resolve(before.folder) }),
        ...(threads !== undefined && { CRISSCROSS_THREADS: String(threads) }),
      };
      const folders = [pairs, start.folder, made].map((folder) => resolve(folder));
      let end: LoggedEnd | undefined;
      try {
        end = await runLogged([...command, ...folders], { variables, log, ...watch });
      } finally {
        if (end?.code !== 0) await rm(made, { recursive: true, force: true });
      }
      const told = end.code === 0 ? await readFigures(made) : {};
      const problem =
        end.code === 0
          ? (told.problem ??
            (await findProblem(made, {
              dimensions,
              sample: sampleOf(bitext),
              language: bitext.groups[0].languages[0],
              threads,
            })))
          : `ended ${end.killedBy === null ? `with exit code ${end.code}` : `by the signal ${end.killedBy}`}`;
      if (problem)
        throw new TrainingError(describeFailure(problem, { command, round, log, lines: end.lines }), {
          advice: "Correct it and give the same command again; what is done is kept.",
        });
      await rm(output, { recursive: true, force: true });
      await rename(made, output);
      if (unfinished) await rm(unfinished, { force: true });
      return { figures: told.figures };
    },
  };
}

/** Size and prompt of the encoder that the loop started from. */
async function lookAt({ folder, name = folder, options }: KnownEncoder, threads?: number) {
  const { dimensions, prompts, close } = await openEncoder(name, { ...options, threads });
  await close?.();
  return { dimensions, prompt: prompts?.source ?? "" };
}

function sampleOf({ groups: [{ source, training }] }: Bitext): string[] {
  return Array.from(training.sources.subarray(0, SAMPLE), (text) => source.get(text));
}

function describeFailure(
  problem: string,
  {
    command,
    round,
    log,
    lines,
  }: { command: readonly string[]; round: number; log: string; lines: readonly string[] },
): Wording {
  const printed =
    lines.length === 0
      ? "It printed nothing."
      : say`Its last lines:${{ lines: [...lines, `(all of them: ${log})`] }}`;
  return say`${command.join(" ")}: ${problem}, in round ${round}. ${printed}`;
}
