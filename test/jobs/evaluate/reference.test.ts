import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import type { Encoder } from "../../../src/index.js";
import { evaluateRetrieval, evaluateXsim } from "../../../src/jobs/evaluate/aligned.js";
import { evaluateBucc } from "../../../src/jobs/evaluate/bucc.js";
import { evaluateTatoeba } from "../../../src/jobs/evaluate/tatoeba.js";
import { temporaryFolder } from "../../temporary-folder.js";

const reference = JSON.parse(readFileSync("test/evaluate/reference.json", "utf8"));
const rows: Record<"x" | "y", number[][]> = reference;

/** Line i of a side is the text `x i` or `y i`, whose vector is row i of the reference's. */
const encoder: Encoder = {
  space: "reference",
  dimensions: 8,
  encode: async (texts) =>
    Float32Array.from(texts.flatMap((text) => rows[text[0] as "x" | "y"][Number(text.slice(2))])),
};
const lines = (side: string) => rows.x.map((_, i) => `${side} ${i}`);

const close = (value: number, expected: number) => Math.abs(value - expected) < 1e-6;

test("Tatoeba accuracy and xsim are those of the NumPy reference, both ways", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, "tatoeba.xxx-eng.xxx"), lines("x").join("\n"));
  writeFileSync(join(folder, "tatoeba.xxx-eng.eng"), lines("y").join("\n"));
  const { rows: found, conditions } = await evaluateTatoeba(folder, { encoder });
  const { figures } = found[0];
  t.true(close(figures["accuracy x→en"].value, reference.accuracy.forward));
  t.true(close(figures["accuracy en→x"].value, reference.accuracy.backward));
  t.true(close(figures["xsim x→en"].value, reference.xsim.forward));
  t.true(close(figures["margin accuracy en→x"].value, 1 - reference.xsim.backward));
  const compared = await evaluateTatoeba(folder, { encoder, against: encoder });
  t.deepEqual(compared.rows[0].figures["gained x→en"], { value: 0, interval: { low: 0, high: 0 } });
  t.like(conditions, { encoder: "reference", margin: "ratio", k: 4, sentences: 40 });
});

test("xsim and retrieval are those of the NumPy reference", async (t) => {
  const folder = temporaryFolder(t);
  const [x, y] = [join(folder, "x.txt"), join(folder, "y.txt")];
  writeFileSync(x, lines("x").join("\n"));
  writeFileSync(y, lines("y").join("\n"));
  const xsim = await evaluateXsim(x, y, { encoder });
  t.true(close(xsim.rows[0].figures.xsim.value, reference.xsim.forward));
  t.true(close(xsim.rows[1].figures.xsim.value, reference.xsim.backward));
  const { figures } = (await evaluateRetrieval(x, y, { encoder })).rows[0];
  t.true(close(figures["recall@1"].value, reference.accuracy.forward));
  t.true(close(figures["recall@5"].value, reference["recall@5"]));
  t.true(close(figures.MRR.value, reference.mrr));
});

test("the best F1 is that of the NumPy reference", async (t) => {
  const folder = join(temporaryFolder(t), "sets");
  mkdirSync(folder);
  const stem = join(folder, "xx-yy.dev");
  writeFileSync(
    `${stem}.xx`,
    lines("x")
      .map((text, i) => `x${i}\t${text}`)
      .join("\n"),
  );
  writeFileSync(
    `${stem}.yy`,
    lines("y")
      .map((text, i) => `y${i}\t${text}`)
      .join("\n"),
  );
  writeFileSync(`${stem}.gold`, Array.from({ length: 30 }, (_, i) => `x${i}\ty${i}`).join("\n"));
  const task = { name: "xx", source: `${stem}.xx`, target: `${stem}.yy`, gold: `${stem}.gold` };
  const { rows: found } = await evaluateBucc([task], { encoder, retrievals: ["forward"] });
  t.true(close(found[0].figures["best F1"].value, reference.bestF1));
});
