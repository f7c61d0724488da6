import { env } from "node:process";
import { isMainThread } from "node:worker_threads";
import { ModelError } from "../errors.js";

/** ONNX Runtime reads it when the first session of the process opens, and never again. */
const SWITCH = 'process.env.ORT_DISABLE_TELEMETRY = "1"';
/** A main thread that works answers soon; one that waits for this thread never does. */
const MOST_MS = 30_000;

let isOff = false;

/**
 * Keeps ONNX Runtime from what its builds for Linux and macOS do by themselves: make an identifier of the device, keep
 * events in the user's cache, log in the temporary folder, and send to their maker. Whatever the variable was set to: a
 * text may be confidential, and all who use the runtime in this process share the switch.
 *
 * @throws ModelError in a worker thread whose main thread cannot be reached
 */
export async function turnTelemetryOff(): Promise<void> {
  if (isOff) return;
  env.ORT_DISABLE_TELEMETRY = "1";
  // Native code sees the environment of the main thread; a worker has a copy.
  if (!isMainThread) await evaluateInMainThread(SWITCH);
  isOff = true;
}

async function evaluateInMainThread(expression: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    // Some builds of Node have no inspector.
    const { Session } = await import("node:inspector/promises");
    const session = new Session();
    session.connectToMainThread();
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${MOST_MS / 1000} s`)), MOST_MS);
    });
    await Promise.race([session.post("Runtime.evaluate", { expression }), late]);
    session.disconnect();
  } catch (cause) {
    throw new ModelError(
      `ONNX Runtime's telemetry cannot be turned off from this worker thread: ${(cause as Error).message}.`,
      {
        advice:
          "Leave the main thread free while a worker starts, with Node's inspector allowed; or call crisscross from the main thread.",
        cause,
      },
    );
  } finally {
    clearTimeout(timer);
  }
}
