import { fstatSync } from "node:fs";
import { Readable } from "node:stream";
import { InputError } from "../src/errors.js";

/** Standard input. Node takes a folder for an empty one; here whoever reads it hears of that. */
export function openStdin(): Readable {
  if (!fstatSync(0).isDirectory()) return process.stdin;
  return new Readable({
    read() {
      this.destroy(
        new InputError({ path: "standard input" }, "is a folder; expected a file.", {
          advice: "Redirect a file in it.",
        }),
      );
    },
  });
}
