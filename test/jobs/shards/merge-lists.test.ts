import test from "ava";
import { sourcesAtOnce } from "../../../src/jobs/shards/merge-lists.js";

test("as many sources are joined at once as there are targets that name them, where these are more", (t) => {
  t.is(sourcesAtOnce({ source: 10_000_000, target: 1_000_000 }), 262_144);
  // 262,144 / 100.
  t.is(sourcesAtOnce({ source: 200_000, target: 20_000_000 }), 2621);
  t.is(sourcesAtOnce({ source: 1, target: 1_000_000 }), 1);
  t.is(sourcesAtOnce({ source: 5, target: 0 }), 262_144);
});
