import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import test from "ava";
import { OptionError } from "../../../src/errors.js";
import type { OpenPairsOptions, Pair } from "../../../src/index.js";
import { readPairs } from "../../../src/read/pairs/read-pairs.js";
import { openPairs } from "../../../src/write/pairs/open-pairs.js";
import { inChunks } from "../../read/_fixtures.js";

async function written(pairs: readonly Pair[], options: OpenPairsOptions = {}): Promise<string> {
  const stream = new PassThrough();
  const sink = openPairs(stream, { format: "jsonl", ...options });
  await sink.write(pairs);
  await sink.finish();
  stream.end();
  return text(stream);
}

async function read(line: string, scoreField?: string): Promise<Pair> {
  for await (const [pair] of readPairs(inChunks(line), { format: "jsonl", scoreField })) return pair;
  throw new Error("no pair");
}

test("a JSON line that nobody changed is written character for character", async (t) => {
  for (const line of [
    '{"id":9007199254740993,"source":"a","target":"b"}',
    '{"id": -18446744073709551615, "source": "a", "target": "b"}',
    '{"big":1e400,"source":"a","target":"b","one":1.0,"zero":-0,"tenth":0.1000000000000000055511151231257827}',
    '  {"2":"two","1":"one","source":"\\u00e9\\/","target":"b","twice":1,"twice":2}\t',
    '{"score":0.50,"source":"a","target":"b"}',
  ])
    t.is(await written([await read(line)]), `${line}\n`);
});

test("what a job changes or adds leaves all digits of the rest", async (t) => {
  const pair = await read('{"id": 9007199254740993, "score": 0.50, "source":"a","target":"b" }');
  t.is(
    await written([{ ...pair, score: 0.25, target: 'b"', added: { cosine: 0.1234567, n: 3, id: "c" } }]),
    '{"id": "c", "score": 0.25, "source":"a","target":"b\\"" ,"cosine":0.123457,"n":3}\n',
  );
  t.is(
    await written([{ ...pair, score: Number.NaN }]),
    '{"id": 9007199254740993, "score": null, "source":"a","target":"b" }\n',
  );
});

test("a score at a path is put there, and its neighbours keep their digits", async (t) => {
  const scored = async (meta: string, scoreField = "meta.score") => {
    const pair = await read(`{"source":"a","target":"b"${meta}}`, scoreField);
    return written([{ ...pair, score: 2, added: { meta2: "x" } }]);
  };
  const line = (meta: string) => `{"source":"a","target":"b"${meta},"meta2":"x"}\n`;
  const long = "9007199254740993";
  t.is(await scored(`,"meta":{"score":1,"id":${long}}`), line(`,"meta":{"score":2,"id":${long}}`));
  t.is(await scored(`,"meta":{"id":${long}}`), line(`,"meta":{"id":${long},"score":2}`));
  t.is(await scored(',"meta":{ }'), line(',"meta":{ "score":2}'));
  t.is(await scored(""), line(',"meta":{"score":2}'));
  t.is(await scored(`,"n":[${long},{}]`, "n.1.score"), line(`,"n":[${long},{"score":2}]`));
  t.is(
    await scored(',"meta":{"score":0},"meta":{"score":1}'),
    line(',"meta":{"score":0},"meta":{"score":2}'),
  );
  await t.throwsAsync(scored(',"meta":[1]'), {
    instanceOf: OptionError,
    message: '"meta.score" cannot be written: "meta" is not an object but array. Name another field.',
  });
});

test("numbers of a JSON line become properties of TMX with all their digits", async (t) => {
  const pair = await read(
    '{"id":9007199254740993,"n":7,"in":{"id": 9007199254740993},"source":"a","target":"b"}',
  );
  const document = await written([pair], { format: "tmx", languages: ["de", "en"] });
  t.deepEqual(
    [...document.matchAll(/<prop type="(.*)">(.*)<\/prop>/g)].map(([, type, value]) => [type, value]),
    [
      ["x-id", "9007199254740993"],
      ["x-n", "7"],
      ["x-in", '{"id": 9007199254740993}'],
    ],
  );
});
