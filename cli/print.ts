import { OutputError } from "../src/errors.js";
import type { Context } from "./context.js";

/**
 * Prints a text to standard output. Rejects with the stream's error where its reader has closed it, which ends the
 * command quietly.
 *
 * @throws OutputError if it cannot be written
 */
export async function print(text: string, { stdout }: Pick<Context, "stdout">): Promise<void> {
  // Without a listener the stream's error event would end the process.
  const ignore = () => {};
  stdout.once("error", ignore);
  await new Promise<void>((resolve, reject) => {
    stdout.write(text, (error) => (error ? reject(error) : resolve()));
  }).catch((error) => {
    if (error.code === "EPIPE") throw error;
    const { code = error.message } = error;
    throw new OutputError(`standard output: cannot be written: ${code}.`, { cause: error });
  });
  stdout.off("error", ignore);
}
