import test from "ava";
import { InputError } from "../../src/errors.js";
import { readPages } from "../../src/read/pages/read-pages.js";

const pagesOf = async (text: string, options = {}) => {
  const found = [];
  for await (const batch of readPages(Buffer.from(text), options)) found.push(...batch);
  return found;
};

test("a page has its blocks, without blank sentences, and what else is known of it", async (t) => {
  const page = {
    url: "https://a.example/de",
    title: null,
    language: "de",
    hreflang: { en: "/en", no: 3 },
    blocks: [["Eins.", " "], [], ["Zwei\nDrei."]],
  };
  t.deepEqual(await pagesOf(`\n${JSON.stringify(page)}\n`, { name: "a.jsonl" }), [
    {
      blocks: [["Eins."], ["Zwei Drei."]],
      line: 2,
      url: "https://a.example/de",
      title: undefined,
      language: "de",
      id: undefined,
      hreflang: { en: "/en" },
    },
  ]);
});

test("what is no page is told with its line, or left out", async (t) => {
  const wrong: [string, RegExp][] = [
    ['{"text":"Ein Satz."}', /a\.jsonl, line 1: is a sentence; expected a page/],
    ["[1]", /line 1: is .*; expected a page, an object with "blocks"/],
    ['{"blocks":["Ein Satz."]}', /field "blocks" is .*; expected a list of blocks/],
    ["{}", /field "blocks" is .*; expected a list of blocks.*extract --unit page/],
    ["Ein Satz.", /line 1: is not JSON/],
  ];
  for (const [text, message] of wrong) {
    await t.throwsAsync(pagesOf(text, { name: "a.jsonl" }), { instanceOf: InputError, message });
    const skipped: InputError[] = [];
    const options = { onError: "skip", onSkip: (error: InputError) => skipped.push(error) };
    t.is((await pagesOf(`${text}\n{"blocks":[["Ein Satz."]]}`, options)).length, 1);
    t.is(skipped.length, 1);
  }
});
