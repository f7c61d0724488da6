import test from "ava";
import { PackedTexts } from "../../../src/store/corpus/packed-texts.js";
import { Places } from "../../../src/store/corpus/places.js";

test("PackedTexts gives back every text, across chunks and in any script", (t) => {
  const packed = new PackedTexts();
  // Together 50 MiB: more than three chunks; one text is larger than a chunk of its own.
  const texts = ["", "日本語", "🐟", "x".repeat(20 * 2 ** 20), ...Array<string>(3000).fill("é".repeat(5000))];
  for (const text of texts) packed.push(text);
  t.is(packed.length, texts.length);
  t.true(texts.every((text, i) => packed.get(i) === text));
});

test("a text that comes several times in a row takes the place of one", (t) => {
  const packed = new PackedTexts();
  for (const text of ["a", "b", "b", "b", "", "", "a"]) packed.push(text);
  t.deepEqual(
    Array.from({ length: packed.length }, (_, i) => packed.get(i)),
    ["a", "b", "b", "b", "", "", "a"],
  );
});

test("Places keeps every line and identifier of a text in the order they came", (t) => {
  const places = new Places();
  places.add(0, 1, "a");
  places.add(1, 3, "b");
  places.add(0, 4, "c");
  places.add(0, 9, "d");
  t.deepEqual(places.lines(0), [1, 4, 9]);
  t.deepEqual(places.ids(0), ["a", "c", "d"]);
  t.deepEqual(places.lines(1), [3]);
  t.is(places.firstLine(1), 3);
});

test("Places has no identifiers where the input has none", (t) => {
  const places = new Places();
  places.add(0, 1, undefined);
  t.deepEqual(places.ids(0), []);
});

test("an identifier that is missing in between is empty, and the others stay aligned", (t) => {
  const places = new Places();
  places.add(0, 1, undefined);
  places.add(0, 2, "b");
  places.add(0, 3, undefined);
  t.deepEqual(places.ids(0), ["", "b", ""]);
});

test("Places keeps the fields of every place of a text in the order they came", (t) => {
  const places = new Places();
  places.add(0, 1, undefined, ["http://a/", "7"]);
  places.add(1, 2, undefined, ["http://a/", ""]);
  places.add(0, 3, undefined, ["http://b/\n", "9"]);
  t.deepEqual(places.fields(0), [
    ["http://a/", "7"],
    ["http://b/\n", "9"],
  ]);
  t.deepEqual(places.fields(1), [["http://a/", ""]]);
});
