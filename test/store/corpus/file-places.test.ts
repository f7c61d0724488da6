import { readdirSync } from "node:fs";
import test from "ava";
import { FilePlaces } from "../../../src/store/corpus/file-places.js";
import { Places } from "../../../src/store/corpus/places.js";
import { writeSide } from "../../../src/store/corpus/side-files.js";
import { temporaryFolder } from "../../temporary-folder.js";

for (const [what, textAt] of [
  ["that all stand once", (place: number) => place],
  [
    "of which some stand again",
    (place: number) =>
      place % 3 === 2 ? ((place * 5) % (place - place / 3)) | 0 : place - Math.floor(place / 3),
  ],
] as const)
  test(`places of texts ${what} are those that were written`, async (t) => {
    const [run, folder] = [temporaryFolder(t), temporaryFolder(t)];
    const places = new Places();
    let count = 0;
    for (let place = 0; place < 5000; place++) {
      const text = Math.min(count, textAt(place));
      if (text === count) count++;
      places.add(text, place + 1, place % 7 === 0 && place < 4900 ? `id-${place}` : undefined, [
        `${place}`,
        "",
      ]);
    }
    const texts = { length: count, get: String };
    await writeSide(run, "source", {
      texts,
      places,
      counts: {},
      textHash: "",
      fields: ["a", "b"],
      close: () => {},
    });
    const found = new FilePlaces(run, "source", count, { folder, memoryBytes: 4096 });
    for (let text = count - 1; text >= 0; text--) {
      t.deepEqual(found.lines(text), places.lines(text));
      t.deepEqual(found.ids(text), places.ids(text));
      t.deepEqual(found.fields(text), places.fields(text));
    }
    found[Symbol.dispose]();
    t.deepEqual(readdirSync(folder), []);
  });
