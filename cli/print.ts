import type { Context } from "./context.js";

/** Prints a text to standard output; rejects with the stream's error, of which a closed pipe ends a command quietly. */
export async function print(text: string, { stdout }: Context): Promise<void> {
  // Without a listener its event would end the process.
  stdout.once("error", () => {});
  await new Promise<void>((resolve, reject) => {
    stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
