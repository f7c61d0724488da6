import test from "ava";
import { sourcesAtOnce } from "../../../src/jobs/shards/merge-lists.js";

test("fewer sources are joined at once where more targets name each of them, and always one", (t) => {
  const most = sourcesAtOnce({ source: 5, target: 0 });
  t.is(sourcesAtOnce({ source: 10_000_000, target: 1_000_000 }), most);
  t.is(sourcesAtOnce({ source: 200_000, target: 20_000_000 }), Math.floor(most / 100));
  t.is(sourcesAtOnce({ source: 1, target: 10 * most }), 1);
});
