import type { Context } from "./context.js";

/** Prints a text to standard output. Rejects with the stream's error: a closed pipe ends the command quietly. */
export async function print(text: string, { stdout }: Context): Promise<void> {
  // Without a listener the stream's error event would end the process.
  stdout.once("error", () => {});
  await new Promise<void>((resolve, reject) => {
    stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
