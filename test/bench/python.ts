import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A Python script that answers each line with a line of JSON. */
export interface PythonChild {
  ask<Answer>(line: string): Promise<Answer>;
  /** Lets the script end. */
  end(): void;
}

/** Starts a script of `test/bench/`, whose libraries get as many threads as `threads`. */
export function startPython(python: string, script: string, argv: string[], threads: number): PythonChild {
  const child = spawn(python, [`test/bench/${script}`, ...argv], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, OMP_NUM_THREADS: String(threads) },
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (line) => {
      child.stdin.write(`${line}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`${script} ended without an answer; its own message stands above.`);
      return JSON.parse(value);
    },
    end: () => child.stdin.end(),
  };
}
