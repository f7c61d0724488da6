/**
 * Puts a static encoder that was trained into the package, evaluates it as it is shipped, and writes its card.
 *
 *   node dist/pipelines/builtin-encoder.js --trained models/both [--shared ../shared]
 *
 * What it was made by:
 *
 *   npx crisscross distil ../shared/models/multilingual-e5-small -o start
 *   npx crisscross train table --from start --pairs ../shared/data/parallel/en-*.tsv.xz --steps 20000 --scale 14 --validation 512 --validate-every 2000 --type int4 -o models/one
 *   python3 pipelines/deep-encoder/teach.py ../shared/data/parallel/en-*.tsv.xz --start start --teacher intfloat/multilingual-e5-small --prompt "query: " --texts 130000 --work work -o taught
 *   python3 pipelines/deep-encoder/train.py ../shared/data/parallel/en-*.tsv.xz --start start --taught taught --static-first 1 --minutes 32 --precision bfloat16 --work work -o models/other
 *   python3 pipelines/deep-encoder/average.py models/one models/other -o models/both
 */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { evaluateBucc, evaluateTatoeba, findBuccTasks } from "../src/index.js";
import { card, type Training } from "./builtin-encoder/card.js";
import { TATOEBA_CODES } from "./builtin-encoder/tatoeba-codes.js";

const OUTPUT = "src/embed/builtin";

const { values: where } = parseArgs({
  options: {
    trained: { type: "string", default: "models/both" },
    shared: { type: "string", default: "../shared" },
  },
});
const trained = (name: string) => join(where.trained, name);
const shared = (name: string) => join(where.shared, name);
const output = (name: string) => join(OUTPUT, name);

const shipped = JSON.parse(gunzipSync(readFileSync(output("tokenizer.json.gz"))).toString("utf8"));
const { model } = JSON.parse(readFileSync(trained("tokenizer.json"), "utf8"));
if (!isDeepStrictEqual(model, shipped.model))
  throw new Error(`${where.trained}: has other pieces than the shipped tokenizer; put that there first.`);
for (const name of ["model.safetensors", "config.json"]) copyFileSync(trained(name), output(name));

const encoder = "builtin";
const { training }: { training: Training } = JSON.parse(readFileSync(trained("config.json"), "utf8"));
const tatoeba = await evaluateTatoeba(shared("data/tatoeba"), {
  encoder,
  languages: Object.values(TATOEBA_CODES),
});
const tasks = await findBuccTasks(shared("data/mining"));
const mining = await evaluateBucc(tasks, { encoder, margins: ["ratio", "distance"] });
writeFileSync(output("README.md"), card({ training, tatoeba, mining, tasks }));
