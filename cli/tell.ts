import { printable } from "../src/text/printable.js";
import type { Context } from "./context.js";

/** Writes lines for people to stderr, whatever they quote. */
export function tell(text: string, stderr: Context["stderr"]): void {
  stderr.write(`${text.split("\n").map(printable).join("\n")}\n`);
}
