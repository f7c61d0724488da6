import test from "ava";
import { formatSentences } from "../../src/write/format-sentence.js";

const origin = { file: "a.warc.gz", offset: 1234, url: 'https://example.org/?a="b"', id: "id-1" };
const sentence = { text: "Ein\tHafen.\n", language: "de", score: 0.987654, block: 3, sentence: 2 };

test("jsonl has all that is known of a sentence as fields, scores with four decimals", (t) => {
  const line = formatSentences("jsonl")(origin)(sentence);
  t.true(line.endsWith("}\n"));
  t.deepEqual(Object.entries(JSON.parse(line)), [
    ["text", "Ein\tHafen.\n"],
    ["language", "de"],
    ["score", 0.9877],
    ["url", 'https://example.org/?a="b"'],
    ["id", "id-1"],
    ["file", "a.warc.gz"],
    ["offset", 1234],
    ["block", 3],
    ["sentence", 2],
  ]);
});

test("tsv has the same as columns, the text first, separators as spaces", (t) => {
  t.is(
    formatSentences("tsv")(origin)(sentence),
    'Ein Hafen. \tde\t0.9877\thttps://example.org/?a="b"\tid-1\ta.warc.gz\t1234\t3\t2\n',
  );
});

test("txt is the text alone", (t) => {
  t.is(formatSentences("txt")(origin)(sentence), "Ein Hafen. \n");
});

test("what is not known is null in jsonl and empty in tsv", (t) => {
  const bare = { file: "a.txt", offset: 7 };
  t.like(JSON.parse(formatSentences("jsonl")(bare)(sentence)), { url: null, id: null, offset: 7 });
  t.is(formatSentences("tsv")(bare)(sentence), "Ein Hafen. \tde\t0.9877\t\t\ta.txt\t7\t3\t2\n");
});
