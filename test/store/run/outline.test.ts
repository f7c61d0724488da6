import test from "ava";
import { madeFrom, type StageOutline, withOrigins } from "../../../src/store/run/outline.js";

const stage = (name: string, ...from: StageOutline[]): StageOutline => ({ name, files: [name], from });
const text = stage("text");
const vectors = stage("vectors", text);
const index = stage("index", vectors);
const candidates = stage("candidates", vectors, index);
const other = stage("other");

const namesOf = (stages: readonly StageOutline[]) => stages.map(({ name }) => name).sort();

test("origins of a stage are all that it is made from, each once", (t) => {
  t.deepEqual(namesOf(withOrigins([candidates])), ["candidates", "index", "text", "vectors"]);
  t.deepEqual(namesOf(withOrigins([vectors, other])), ["other", "text", "vectors"]);
});

test("what is made from a stage is known at one remove and at several, by its name alone", (t) => {
  const all = [text, vectors, index, candidates, other];
  t.deepEqual(namesOf(madeFrom(stage("text"), all)), ["candidates", "index", "vectors"]);
  t.deepEqual(namesOf(madeFrom(stage("index"), all)), ["candidates"]);
  t.deepEqual(madeFrom(candidates, all), []);
});
