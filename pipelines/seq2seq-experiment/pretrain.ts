import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

export interface PretrainOptions {
  python: string;
  /** How long, at the most. */
  minutes: string;
  threads?: number;
}

/** Makes a small translator of texts alone, unless it is there. */
export function pretrain(
  folder: string,
  texts: Readonly<Record<string, string>>,
  { python, minutes, threads }: PretrainOptions,
): void {
  if (existsSync(folder)) return;
  const script = ["pipelines/seq2seq/pretrain.py", ...Object.entries(texts).map((text) => text.join("="))];
  const { status } = spawnSync(
    python,
    [...script, "-o", folder, "--minutes", minutes, "--precision", "bfloat16"],
    {
      stdio: "inherit",
      env: { ...process.env, ...(threads !== undefined && { CRISSCROSS_THREADS: String(threads) }) },
    },
  );
  if (status !== 0)
    throw new Error("The pretraining ended; its own message stands above. The same command goes on.");
}
