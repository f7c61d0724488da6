import test from "ava";
import { languageOfName, languagesOfNames } from "../../src/text/language-of-name.js";

test("a language is the last part of a file's name before its format and compression", (t) => {
  const names = {
    "samples/town.de": "de",
    "news.zh-Hant.txt.gz": "zh-Hant",
    "sentences/de.jsonl.zst": "de",
    "sentences/de-00001.jsonl.zst": "de",
    "corpus.deu_Latn": "deu_Latn",
    "vectors/news.en.npy": "en",
    "town.id": "id",
    "town.xx": undefined,
    "pairs.tsv": undefined,
    "source.txt": undefined,
    ".de": undefined,
  };
  for (const [name, language] of Object.entries(names)) t.is(languageOfName(name), language, name);
});

test("two names tell languages where both do, and different ones", (t) => {
  t.deepEqual(languagesOfNames(["town.de", "town.en"]), ["de", "en"]);
  t.is(languagesOfNames(["a.de", "b.de"]), undefined);
  t.is(languagesOfNames(["a.de", {}]), undefined);
});
