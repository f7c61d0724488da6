import type { Writable } from "node:stream";

/** Waits until a stream has taken a chunk; rejects if it does not. */
export function writeTo(output: Writable, chunk: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    // A stream that is destroyed, as a pipeline does whose end failed, never answers its last write.
    const onClose = () => reject(new Error("The stream was closed before it took what was written."));
    output.once("close", onClose);
    output.write(chunk, (error) => {
      output.off("close", onClose);
      if (error) reject(error);
      else resolve();
    });
  });
}
