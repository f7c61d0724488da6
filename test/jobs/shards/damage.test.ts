import { cpSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { InputError } from "../../../src/errors.js";
import { embedFile } from "../../../src/jobs/embed-file.js";
import { mergeShards } from "../../../src/jobs/shards/merge-shards.js";
import { searchShard } from "../../../src/jobs/shards/search-shard.js";
import { flipBit } from "../../flip-bit.js";
import { hashRunFiles } from "../../run-files.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { linesOf } from "../criss/loop.js";
import { letterEncoder } from "../letter-encoder.js";

test("one flipped bit in any file of a shard is refused by merge, and mended by search", async (t) => {
  const folder = temporaryFolder(t);
  const embed = async (language: string) => {
    const path = join(folder, language);
    writeFileSync(path, `${linesOf(`samples/town.${language}`).slice(0, 12).join("\n")}\n`);
    await embedFile(path, `${path}.npy`, { encoder: letterEncoder(4) });
    return `${path}.npy`;
  };
  const [source, target] = [await embed("de"), await embed("en")];
  const search = async (output: string) => {
    const told: string[] = [];
    const onEvent = (event: object) => "message" in event && told.push(String(event.message));
    const { kept } = await searchShard(source, target, output, { shard: { number: 1, of: 2 }, onEvent });
    return { kept, told: told.filter((message) => message.startsWith("searched again")) };
  };
  const [first, second] = [join(folder, "1"), join(folder, "2")];
  await search(first);
  await searchShard(source, target, second, { shard: { number: 2, of: 2 } });
  t.deepEqual(await search(first), { kept: true, told: [] });
  const before = hashRunFiles(first);

  const copy = join(folder, "copy");
  for (const file of readdirSync(first)) {
    cpSync(first, copy, { recursive: true });
    const path = join(copy, file);
    flipBit(path, Math.floor(statSync(path).size / 2) * 8 + 2);
    await t.throwsAsync(mergeShards([copy, second], join(folder, "run")), {
      instanceOf: InputError,
      message: new RegExp(`${file}: is damaged: .*[Ss]earch this shard again`),
    });
    if (file === "part.json") await t.throwsAsync(search(copy), { message: /part\.json: is damaged: / });
    else {
      const { kept, told } = await search(copy);
      t.deepEqual([kept, told.length], [false, 1], file);
      t.true(told[0].includes(file));
      t.deepEqual(hashRunFiles(copy), before);
    }
    rmSync(copy, { recursive: true });
  }
});
