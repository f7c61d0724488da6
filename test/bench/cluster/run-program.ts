import { type SpawnOptions, spawn } from "node:child_process";
import { text } from "node:stream/consumers";

export interface Ended {
  code: number | null;
  /** All that it printed. */
  output: string;
}

/** Runs a program to its end. */
export async function runProgram(
  program: string,
  argv: readonly string[],
  options: Pick<SpawnOptions, "cwd" | "env"> = {},
): Promise<Ended> {
  const child = spawn(program, argv, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const code = new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve),
  );
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), code]);
  return { code: await code, output: out + error };
}

/** @throws Error with what it printed if it fails */
export async function mustRun(...args: Parameters<typeof runProgram>): Promise<string> {
  const { code, output } = await runProgram(...args);
  if (code !== 0) throw new Error(`${args[0]} ${args[1].join(" ")} ended with ${code}:\n${output}`);
  return output;
}
