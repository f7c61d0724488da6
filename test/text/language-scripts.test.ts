import test from "ava";
import { scriptsOfLanguage } from "../../src/text/language-scripts.js";
import { formatGroups, nearTo } from "../../src/text/near-languages.js";

test("a language has the scripts that it is written in, the usual one first, or the one that its code names", (t) => {
  for (const [code, scripts] of [
    ["de", "Latn"],
    ["sr", "Cyrl Latn"],
    ["sr-Latn", "Latn"],
    ["uz", "Latn Cyrl Arab"],
    ["zh", "Hans Hant"],
    ["zh-Hant", "Hant"],
    ["ja", "Jpan"],
  ])
    t.is(scriptsOfLanguage(code).join(" "), scripts, code);
});

test("a language is near to itself, and to all with which it shares a group", (t) => {
  const groups = [
    ["a", "b"],
    ["b", "c"],
  ];
  t.deepEqual([...nearTo("b", groups)].sort(), ["a", "b", "c"]);
  t.deepEqual([...nearTo("c-Latn", groups)].sort(), ["b", "c"]);
  t.deepEqual([...nearTo("d", groups)], ["d"]);
  t.is(formatGroups(groups), "a+b,b+c");
});
