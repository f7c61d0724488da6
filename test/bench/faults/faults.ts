/**
 * Spoils files, kills runs and fills disks, all by a seed, and counts what must not be: other results in silence, stack
 * traces, hangs, crashes, memory without bound, litter. Nothing but loopback is asked. Without options it does all;
 * with some, only what they name.
 *
 *   node dist/test/bench/faults/faults.js [--inputs 10000] [--kills 20] [--full 20] [--bits 8] [--only REGEXP] [--seed 1]
 *
 * `--inputs`: mutated inputs, over all readers; `--kills` and `--full`: signals, and full disks, for each job; `--bits`:
 * flipped bits in each file that a job leaves or an encoder consists of; `--only`: the readers and jobs of these names.
 */
import { parseArgs } from "node:util";
import { describeMachine } from "../machine.js";
import { disturbJobs, fillDisk, kill } from "./disturb-jobs.js";
import { flipBits, readMutants } from "./read-mutants.js";
import { Tally } from "./tally.js";

const DEFAULTS = { inputs: "10000", kills: "20", full: "20", bits: "8" };

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: { inputs: text, kills: text, full: text, bits: text, only: text, seed: { ...text, default: "1" } },
});
const { only: name = "", seed: given, ...chosen } = values;
const parts = Object.keys(chosen).length > 0 ? chosen : DEFAULTS;
const [only, seed] = [new RegExp(name), Number(given)];
console.log(`${describeMachine()} · seed ${seed}`);

await count("mutated inputs", parts.inputs, (count, tally) => readMutants({ count, seed, only }, tally));
await count("kill, then again", parts.kills, (count, tally) =>
  disturbJobs({ count, seed, only }, kill, tally),
);
await count("full disk, then again", parts.full, (count, tally) =>
  disturbJobs({ count, seed, only }, fillDisk, tally),
);
await count("flipped bits", parts.bits, (count, tally) => flipBits({ count, seed, only }, tally));

/** Does a part of all if it is asked for, and prints its table; any failure is one of the whole. */
async function count(
  what: string,
  number: string | undefined,
  part: (count: number, tally: Tally) => Promise<void>,
): Promise<void> {
  if (number === undefined) return;
  const tally = new Tally(what);
  await part(Number(number), tally);
  console.log(`\n${tally.toMarkdown()}`);
  if (tally.failures > 0) process.exitCode = 1;
}
