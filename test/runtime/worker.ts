import { InputError, OutputError } from "../../src/errors.js";
import { workerEntry } from "../../src/runtime/worker-pool.js";

let tasks = 0;

/** Doubles a number after telling it; any word fails in its own way. */
async function work(
  task: number | string,
  tell: (news: string) => void,
): Promise<{ doubled: number; tasks: number }> {
  if (task === "input") throw new InputError({ path: "a.gz", byte: 7 }, "is cut short");
  if (task === "output") throw new OutputError("b: the disk is full");
  if (task === "bug") throw new TypeError("x is undefined");
  for (; task === "endless"; );
  tell(`at ${task}`);
  return { doubled: 2 * Number(task), tasks: ++tasks };
}

export default workerEntry(work);
