import test from "ava";
import { addCounts, type ExtractCounts, noCounts } from "../../../src/jobs/extract/counts.js";

test("counts of a time when a reason was not known are added to, either way", (t) => {
  const old = (): ExtractCounts => {
    const counts = noCounts();
    delete (counts.records.leftOut as Partial<ExtractCounts["records"]["leftOut"]>).revisit;
    return counts;
  };
  const more = noCounts();
  more.records.leftOut.revisit = 2;
  for (const counts of [old(), noCounts()]) {
    addCounts(counts, old());
    addCounts(counts, more);
    addCounts(counts, old());
    t.is(counts.records.leftOut.revisit, 2);
  }
});
