/**
 * Spoils files, kills runs, fills disks and flips bits, all by a seed, and counts what must not be: other results in
 * silence, stack traces, hangs, crashes, memory without bound, litter.
 *
 *   node dist/test/bench/faults/faults.js [--inputs 10000] [--only REGEXP] [--seed 1]
 */
import { parseArgs } from "node:util";
import { describeMachine } from "../machine.js";
import { readMutants } from "./read-mutants.js";
import { Tally } from "./tally.js";

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "0" },
    only: { type: "string", default: "" },
    seed: { type: "string", default: "1" },
  },
});
const only = new RegExp(values.only);
const seed = Number(values.seed);
console.log(`${describeMachine()} · seed ${seed}`);
let failures = 0;
const inputs = new Tally("mutated inputs");
if (Number(values.inputs) > 0) {
  await readMutants(Number(values.inputs), seed, only, inputs);
  console.log(`\n${inputs.toMarkdown()}`);
  failures += inputs.failures;
}
if (failures > 0) process.exitCode = 1;
