import { existsSync } from "node:fs";
import { join } from "node:path";
import { testShared } from "../shared.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

testShared("distil makes an encoder that embed takes", "fixtures/encoders/e5", async (t, folder) => {
  const root = temporaryFolder(t);
  const output = join(root, "static");
  const made = await crisscross(
    ["distil", folder, "-o", output, "--dimensions", "16", "--texts", "-"],
    "in to\n",
  );
  t.is(made.code, 0, made.stderr);
  t.is(made.stdout, "");
  t.regex(
    made.stderr,
    /static: 225 pieces × 16 · 7 without a text, with rows of zeros · \d+\.\d % of the variance\n$/,
  );
  const embedded = await crisscross([
    "embed",
    "samples/town.en",
    "--encoder",
    output,
    "-o",
    join(root, "town.npy"),
  ]);
  t.is(embedded.code, 0, embedded.stderr);
  t.true(existsSync(join(root, "town.npy")));

  const again = await crisscross(["distil", folder, "-o", output]);
  t.is(again.code, 2);
  t.regex(again.stderr, /static: is not empty; expected a new folder, or an empty one\. Name another\.\n$/);
});
