import test from "ava";
import { openSplitter } from "../../src/clean/sentences/open-splitter.js";
import { segmentWithoutPanic } from "../../src/clean/sentences/segment-without-panic.js";

const native = await openSplitter();
const fallback = await openSplitter(() => Promise.reject(new Error("no binary")));

test("sentencex finds the ends, and Intl.Segmenter where it cannot be loaded; which one can be asked", (t) => {
  t.is(native.engine, "sentencex");
  t.is(fallback.engine, "intl");
});

/** Sentences as a reader of the language would cut them, put together with a space unless the language has none. */
const SENTENCES: [language: string, title: string, sentences: string[], between?: string][] = [
  [
    "en",
    "titles, initials and questions",
    ["Dr. Smith met J. R. R. Tolkien.", "No. 5 is best.", "Really?", "Yes!"],
  ],
  ["en", "who speaks after a quotation", ["“Stop!” she said.", "He left."]],
  ["de", "titles and references", ["Dr. Müller sah Abb. 3 und Art. 5.", "Er ging."]],
  ["fr", "M. and Mme.", ["M. Dupont et Mme. Petit sont venus.", "Ils sont partis."]],
  ["fr", "av. J.-C.", ["Né en 50 av. J.-C. à Rome, il mourut en 12 apr. J.-C. à Capri.", "Puis rien."]],
  ["fr", "a date that ends a sentence", ["Il vécut av. J.-C.", "Puis rien."]],
  ["es", "titles and inverted marks", ["El Sr. García llegó.", "¿Qué quiere?", "¡Nada!"]],
  ["pt", "titles and pages", ["O Sr. Silva e a Dra. Ana leram a pág. 3.", "Fim."]],
  ["pl", "ul.", ["Mieszka przy ul. Długiej 5.", "Lubi psy."]],
  ["ru", "initials", ["Писатель А. С. Пушкин родился в Москве.", "Он умер."]],
  ["ru", "years", ["Он родился в 1980 г. в Москве.", "Это случилось в 1990 г.", "Потом всё изменилось."]],
  ["ru", "towns and streets", ["Он жил в г. Омске на ул. Ленина.", "Потом уехал."]],
  ["uk", "years and initials", ["Він народився 1980 р. у Києві.", "Пан І. Франко писав."]],
  ["ro", "streets", ["Dl. Popescu stă pe str. Lungă nr. 5.", "Gata."]],
  ["sv", "hours", ["Kl. 5 kom han.", "Slut."]],
  ["vi", "towns", ["TP. Hồ Chí Minh rất lớn.", "Ông đi."]],
  ["el", "the Greek question mark", ["Πού πας;", "Στο σπίτι."]],
  ["ar", "the Arabic question mark", ["كيف حالك؟", "أنا بخير."]],
  ["fa", "Persian", ["حال شما چطور است؟", "خوبم."]],
  ["ur", "the Urdu full stop", ["فیری روانہ ہوتی ہے۔", "وہ گیا۔"]],
  ["hi", "the danda", ["नाव सात बजे चलती है।", "कोहरा है।", "क्या?"]],
  ["hy", "the Armenian full stop", ["Ես գնացի։", "Նա եկավ։"]],
  ["am", "the Ethiopic full stop", ["ጀልባው ይነሳል።", "እሱ ሄደ።"]],
  ["my", "the Burmese section mark", ["ကူးတို့သင်္ဘောသည် ထွက်ခွာသည်။", "သူသွားသည်။"]],
  ["km", "the Khmer khan", ["សាឡាងចេញដំណើរ។", "គាត់ទៅ។"]],
  ["bo", "the Tibetan shad", ["བཀྲ་ཤིས་བདེ་ལེགས།", "ང་འགྲོ།"]],
  ["zh-Hans", "wide marks and quotations", ["船开了。", "真的吗？", "“是的！”", "她笑了。"], ""],
  ["zh-Hant", "corner brackets", ["船開了。", "「真的嗎？」", "是的！"], ""],
  [
    "ja",
    "a quotation as part of a sentence",
    ["彼は「こんにちは。」と言った。", "そして帰った。", "本当？"],
    "",
  ],
  ["ja", "quotations one after the other", ["「元気？」", "「はい。」"], ""],
  [
    "th",
    "spaces of Thai, once there is enough before them",
    ["เรือออกแล้ว เขากลับไปบ้านของพ่อแม่", "วันนี้อากาศดีมาก"],
  ],
  ["th", "spaces around numbers and Latin", ["เรือออกเวลา 7 โมง จากท่าเรือ Bangkok ทุกวันครับ"]],
  ["und", "a language that is not known", ["Foo bar.", "Baz qux."]],
  ["xx", "a code that no one knows", ["Foo bar.", "Baz qux."]],
];

for (const [language, title, sentences, between = " "] of SENTENCES)
  for (const splitter of [native, fallback])
    test(`${splitter.engine} cuts ${language}: ${title}`, (t) => {
      t.deepEqual(splitter.splitSentences(sentences.join(between), language), sentences);
    });

test("the word I is no initial", (t) => {
  t.deepEqual(fallback.splitSentences("So am I. Then he left.", "en"), ["So am I.", "Then he left."]);
});

test("a long text is cut as its parts are", (t) => {
  const sentences = Array.from(
    { length: 500 },
    (_, i) => `In the year ${i} someone left the garden gate open.`,
  );
  const [unbroken, end] = ["Words ".repeat(1_000).trim(), "The end."];
  const expected = [...sentences, `${unbroken}.`, end];
  for (const splitter of [native, fallback]) {
    const found = splitter.splitSentences(expected.join(" "), "en");
    t.is(found.length, expected.length);
    t.true(found.every((sentence, i) => sentence === expected[i]));
  }
});

test("sentencex takes small letters without capitals for sentences of their own", (t) => {
  t.deepEqual(native.splitSentences("how are you. i am fine.", "en"), ["how are you.", "i am fine."]);
});

test("blank text has no sentence, and marks alone join what is before them", (t) => {
  for (const splitter of [native, fallback]) {
    t.deepEqual(splitter.splitSentences("", "en"), []);
    t.deepEqual(splitter.splitSentences(" \n ", "en"), []);
    t.deepEqual(splitter.splitSentences("He left. ***", "en"), ["He left. ***"]);
  }
});

test("nothing is lost, and nothing that a language writes as one word is cut", (t) => {
  const text = SENTENCES.map(([, , sentences]) => sentences.join(" ")).join(" ");
  for (const splitter of [native, fallback])
    for (const language of ["en", "ru", "th", "zh", "und"])
      t.is(splitter.splitSentences(text, language).join("").replace(/\s/gu, ""), text.replace(/\s/gu, ""));
});

/** What sentencex panics at, cut as it is for sentencex. */
const PANICS: [parts: string[], sentences: string[]][] = [
  [
    ["He says, 'Restore them!'", " ... Who are you? I know."],
    ["He says, 'Restore them!' ...", "Who are you?", "I know."],
  ],
  [
    ["“Stop!”", " . . . We met Gen. Lee and Dr. Smith."],
    ["“Stop!” . . .", "We met Gen. Lee and Dr. Smith."],
  ],
  [
    ["Er rief «Halt? [1]»", ". . Dann ging er."],
    ["Er rief «Halt? [1]». .", "Dann ging er."],
  ],
];

for (const [parts, sentences] of PANICS)
  test(`${parts.join("")} is cut like any other text, though sentencex panics at it`, (t) => {
    const given: string[] = [];
    const segment = (_: string, part: string) => {
      given.push(part);
      return [part];
    };
    const never = () => t.fail() && [];
    t.deepEqual(segmentWithoutPanic(segment, never)("en", parts.join("")), parts);
    t.deepEqual(given, parts);
    t.deepEqual(native.splitSentences(parts.join(""), "en"), sentences);
  });

test("what sentencex fails with is cut by Intl.Segmenter", async (t) => {
  const failing = await openSplitter(() =>
    Promise.resolve({
      segment() {
        throw new Error("internal error in Neon module");
      },
    }),
  );
  t.deepEqual(failing.splitSentences("The ferry left. We stayed.", "en"), ["The ferry left.", "We stayed."]);
});
