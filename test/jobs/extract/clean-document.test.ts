import test from "ava";
import { type Cleaning, cleanDocument } from "../../../src/jobs/extract/clean-document.js";
import { noCounts } from "../../../src/jobs/extract/counts.js";

/** Texts say what language they are of, and how surely: "de 0.9 …"; a paragraph says it of its first sentence. */
const cleaning: Cleaning = {
  identify: (text) => {
    const [language, score] = text.split(" ");
    return { language, score: Number(score) };
  },
  splitSentences: (text) => text.split(" / "),
  firstFault: (text) => (text.endsWith("bad") ? "few-letters" : undefined),
  outputOf: (language) => (language === "de" || language === "en" ? language : undefined),
  minLanguageScore: 0.5,
};

function clean(...blocks: string[]) {
  const counts = noCounts();
  return { sentences: [...cleanDocument({ blocks, offset: 0 }, cleaning, counts)], counts };
}

test("sentences have a language and a score of their own, and numbers that count those left out", (t) => {
  const { sentences, counts } = clean("de 0.9 a", " \n ", "de 0.8 b / de 0.7 bad / en 0.6 c");
  t.deepEqual(sentences, [
    { text: "de 0.9 a", language: "de", score: 0.9, block: 1, sentence: 1 },
    { text: "de 0.8 b", language: "de", score: 0.8, block: 3, sentence: 1 },
    { text: "en 0.6 c", language: "en", score: 0.6, block: 3, sentence: 3 },
  ]);
  t.deepEqual(counts.blocks, { read: 3, repaired: 0, dropped: { empty: 1 } });
  t.deepEqual(counts.sentences, { read: 4, kept: 3, dropped: { "few-letters": 1 } });
});

test("a paragraph that is surely of another language is left out whole; of an unsure one each sentence decides", (t) => {
  const { sentences, counts } = clean("fr 0.9 a / de 0.9 b", "fr 0.4 c / de 0.9 d / fr 0.9 e");
  t.deepEqual(
    sentences.map(({ text }) => text),
    ["de 0.9 d"],
  );
  t.deepEqual(counts.blocks.dropped, { "other-language": 1 });
  t.deepEqual(counts.sentences.dropped, { "unsure-language": 1, "other-language": 1 });
});

test("a paragraph is mended before it is looked at", (t) => {
  const { sentences, counts } = clean("de 0.9 FÃ¤hre  zum CafÃ©");
  t.is(sentences[0].text, "de 0.9 Fähre zum Café");
  t.is(counts.blocks.repaired, 1);
});
