import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { crisscross } from "../cli/terminal.js";
import { open } from "../embed/folders.js";
import { temporaryFolder } from "../temporary-folder.js";

/** Encoders of tiny random weights that `encoder_folders.py` made, with the vectors of LASER and SONAR themselves. */
const ENCODERS = "test/pipelines/encoders";
const SONAR = readdirSync(join(ENCODERS, "sonar")).map((language) => join("sonar", language));

for (const name of ["laser2", "laser3", "laser3-cls", ...SONAR])
  test(`${name}: every vector is within 1e-4 of the original's`, async (t) => {
    const folder = join(ENCODERS, name);
    const { texts, vectors } = JSON.parse(readFileSync(join(folder, "reference.json"), "utf8"));
    const encoder = await open(folder, t);
    const found = await encoder.encode(texts);
    const expected: number[] = vectors.flat();
    t.is(found.length, expected.length);
    const differences = expected.map((value, i) => Math.abs(value - found[i]));
    t.true(Math.max(...differences) < 1e-4, `off by ${Math.max(...differences)}`);
  });

test("encoders of one space are mined together once their space has a name", async (t) => {
  const folder = temporaryFolder(t);
  const text = join(folder, "text");
  writeFileSync(text, "the mill by the river\na long road with stone walls\nthe old house and its garden\n");
  const [wolof, english] = ["wol_Latn", "eng_Latn"].map((language) => join(ENCODERS, "sonar", language));
  const vectors = (name: string) => join(folder, `${name}.npy`);
  const embed = async (encoder: string, name: string, ...flags: string[]) => {
    const argv = ["embed", text, "--encoder", encoder, "-o", vectors(name), ...flags];
    t.is((await crisscross(argv)).code, 0);
  };
  await embed(wolof, "wol", "--space", "SONAR");
  await embed(english, "eng", "--space", "SONAR");
  await embed(english, "own");

  const mined = await crisscross(["mine", vectors("wol"), vectors("eng"), "--no-centre"]);
  t.is(mined.code, 0, mined.stderr);
  t.regex(mined.stderr, /SONAR/);
  const refused = await crisscross(["mine", vectors("wol"), vectors("own")]);
  t.is(refused.code, 2);
  t.regex(refused.stderr, /vectors are of SONAR, the target's of eng_Latn-model-8-[0-9a-f]{12}: they cannot/);
});

test("embed refuses an empty name for a space", async (t) => {
  const { code, stderr } = await crisscross(["embed", "samples/town.de", "--space", " ", "-o", "de.npy"]);
  t.is(code, 2);
  t.regex(stderr, /--space/);
});
