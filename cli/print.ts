import { explainWriteError } from "../src/store/files/output-error.js";
import type { Context } from "./context.js";

/**
 * Prints a text to standard output. Rejects with the stream's error where its reader has closed it, which ends the
 * command quietly.
 *
 * @throws OutputError if it cannot be written
 */
export async function print(text: string, { stdout }: Context): Promise<void> {
  // Without a listener the stream's error event would end the process.
  stdout.once("error", () => {});
  await new Promise<void>((resolve, reject) => {
    stdout.write(text, (error) => (error ? reject(error) : resolve()));
  }).catch((error) => {
    throw error.code === "EPIPE" ? error : explainWriteError(error, "standard output");
  });
}
