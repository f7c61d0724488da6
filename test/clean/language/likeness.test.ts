import test from "ava";
import { openLikeness } from "../../../src/clean/language/likeness.js";

test("a text of which a model gives no language a chance is like none and unlike none", (t) => {
  const likenessOf = (german: number, french: number) => {
    const all = () => Float32Array.of(german, french);
    const model = { codes: ["de", "fr"], all, best: () => undefined, ofNothing: undefined };
    return openLikeness(new Set(["de"]), model)("Ein Text");
  };
  // One-vs-all: each language has a probability of its own.
  t.is(likenessOf(0.5, 0.5), 0.5);
  t.is(likenessOf(0, 1), 0);
  t.is(likenessOf(0, 0), undefined);
});
