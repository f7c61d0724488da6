import test from "ava";
import { nearestName } from "../../src/text/nearest-name.js";

const NAMES = ["threshold", "unit", "max_length", "min_length"];

test("a name with a letter in three wrong is found, case aside", (t) => {
  t.is(nearestName("treshold", NAMES), "threshold");
  t.is(nearestName("max_lenght", NAMES), "max_length");
  t.is(nearestName("UNIT", NAMES), "unit");
  t.is(nearestName("unity", NAMES), "unit");
});

test("one that is further off is none, whatever else there is", (t) => {
  t.is(nearestName("limit", NAMES), undefined);
  t.is(nearestName("un", NAMES), undefined);
  t.is(nearestName("", NAMES), undefined);
  t.is(nearestName("unit", []), undefined);
});
