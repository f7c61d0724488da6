import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { folderOf } from "../../src/embed/builtin.js";
import { openEncoder } from "../../src/embed/open-encoder.js";
import { prepareRows } from "../../src/search/prepare-rows.js";

test("the built-in encoder is the default, asks for centring, and knows translations from other sentences", async (t) => {
  const encoder = await openEncoder();
  t.true(encoder.space.startsWith("builtin-"));
  t.true(encoder.centre);
  const { dimensions } = encoder;
  const sentences = [
    ["The weather is beautiful today.", "Das Wetter ist heute schön.", "今日は天気がいいです。"],
    [
      "My brother bought a new car last week.",
      "Mein Bruder hat letzte Woche ein neues Auto gekauft.",
      "兄は先週新しい車を買いました。",
    ],
    ["The meeting was cancelled.", "Die Sitzung wurde abgesagt.", "会議は中止になりました。"],
  ];
  const [english, german, japanese] = [0, 1, 2].map((language) => sentences.map((row) => row[language]));
  const unit = async (texts: string[]) => {
    const data = await encoder.encode(texts);
    prepareRows({ rows: texts.length, dimensions, data });
    return data;
  };
  const x = await unit(english);
  for (const others of [german, japanese]) {
    const y = await unit(others);
    for (let row = 0; row < 3; row++) {
      const cosines = [0, 1, 2].map((other) => {
        let cosine = 0;
        for (let i = 0; i < dimensions; i++) cosine += x[row * dimensions + i] * y[other * dimensions + i];
        return cosine;
      });
      t.is(cosines.indexOf(Math.max(...cosines)), row, others[row]);
    }
  }
});

test("the built-in encoder is held once, however often it is opened, and closing one leaves the others whole", async (t) => {
  const texts = ["The meeting was cancelled.", "Die Sitzung wurde abgesagt."];
  const first = await openEncoder();
  const vectors = await first.encode(texts);
  const held = process.memoryUsage().arrayBuffers;
  const [second, cut, blend] = await Promise.all([
    openEncoder("builtin"),
    openEncoder("builtin", { dimensions: 64 }),
    openEncoder("ngram", { blend: { encoder: "builtin", weight: 0.3 } }),
  ]);
  t.true(process.memoryUsage().arrayBuffers < held + 20e6, "the table alone is 54 MB");
  for (const closed of [first, cut, blend]) await closed.close?.();
  t.deepEqual(await second.encode(texts), vectors);
  t.deepEqual(await (await openEncoder()).encode(texts), vectors);
});

test("the built-in encoder takes at most 64 MB on disk", (t) => {
  const folder = folderOf("builtin");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  t.true(bytes <= 64e6, `${bytes} bytes`);
});
