import test from "ava";
import * as crisscross from "../src/index.js";

const { OptionError } = crisscross;

/** What is called, as plain JavaScript may: nothing is read before the options are. */
type Call = (options: never) => object;

const CALLS: Record<string, Call> = {
  mine: (options) => crisscross.mine("a", "b", options),
  align: (options) => crisscross.align("a", "b", options),
  writeAlignments: (options) => crisscross.writeAlignments("a", "b", "c", options),
  evaluateAlignment: (options) => crisscross.evaluateAlignment("a", options),
  selectRun: (options) => crisscross.selectRun("run", options),
  selectAround: (options) => crisscross.selectAround("run", 1, options),
  report: (options) => crisscross.report(["a"], options),
  criss: (options) => crisscross.criss({ de: "a", en: "b" }, options),
  scoreBitext: (options) => crisscross.scoreBitext("a", "b", options),
  filterBitext: (options) => crisscross.filterBitext("a", "b", options),
  scorePairs: (options) => crisscross.scorePairs([], options),
  dedupPairs: (options) => crisscross.dedupPairs([], options),
  writeBitext: (options) => crisscross.writeBitext([], "a.tsv", options),
  filterPairs: (options) => crisscross.filterPairs([], options),
  explainBitext: (options) => crisscross.explainBitext("a", "b", options),
  sampleRules: (options) => crisscross.sampleRules("a", options),
  suggestThresholds: (options) => crisscross.suggestThresholds("a", options),
  dedupBitext: (options) => crisscross.dedupBitext("a", "b", options),
  splitBitext: (options) => crisscross.splitBitext("a", "b", options),
  convert: (options) => crisscross.convert("a", "b", options),
  extract: (options) => crisscross.extract(["a"], "b", options),
  extractSentences: (options) => crisscross.extractSentences(["a"], options),
  findCentroids: (options) => crisscross.findCentroids("a.npy", "b.npy", "c", options),
  embedFile: (options) => crisscross.embedFile("a", "b", options),
  searchTile: (options) => crisscross.searchTile("a.npy", "b.npy", "c", options),
  mergeTiles: (options) => crisscross.mergeTiles(["a"], "b", options),
  mergePartially: (options) => crisscross.mergePartially(["a"], "b", options),
  trainStatic: (options) => crisscross.trainStatic("a", options),
  distil: (options) => crisscross.distil("builtin", "a", options),
  verify: (options) => crisscross.verify(["a"], options),
  openEncoder: (options) => crisscross.openEncoder("ngram", options),
  pullEncoder: (options) => crisscross.pullEncoder("a/b", options),
  describeEncoder: (options) => crisscross.describeEncoder("a/b", options),
  removeEncoder: (options) => crisscross.removeEncoder("a/b", options),
  evaluateTatoeba: (options) => crisscross.evaluateTatoeba("a", options),
  evaluateXsim: (options) => crisscross.evaluateXsim("a", "b", options),
  evaluateXsimFolder: (options) => crisscross.evaluateXsimFolder("a", options),
  evaluateRetrieval: (options) => crisscross.evaluateRetrieval("a", "b", options),
  evaluateParity: (options) => crisscross.evaluateParity("a", "b", "c", options),
  evaluateSearch: (options) => crisscross.evaluateSearch("a", "b", options),
  evaluateBucc: (options) => crisscross.evaluateBucc([], options),
  findBuccTasks: (options) => crisscross.findBuccTasks("a", undefined, options),
  evaluatePairs: (options) => crisscross.evaluatePairs("a", options),
  evaluateLabels: (options) => crisscross.evaluateLabels("a", options),
  readSentences: (options) => crisscross.readSentences("a", options),
  readPairs: (options) => crisscross.readPairs("a", options),
  alignPages: (options) => crisscross.alignPages([], [], options),
  writePageAlignments: (options) => crisscross.writePageAlignments([], [], "c", options),
  pairPages: (options) => crisscross.pairPages([], [], options),
  readPages: (options) => crisscross.readPages("a", options),
  openPairs: (options) => crisscross.openPairs("a.tsv", options),
  writePairs: (options) => crisscross.writePairs((async function* () {})(), "a.tsv", options),
};

async function run(call: Call, options: unknown): Promise<void> {
  const called = call(options as never);
  await (Symbol.asyncIterator in called ? (called as AsyncGenerator).next() : called);
}

for (const [name, call] of Object.entries(CALLS))
  test(`${name} refuses an option that it does not have`, async (t) => {
    await t.throwsAsync(() => run(call, { colour: "green" }), {
      instanceOf: OptionError,
      message: new RegExp(`^${name} has no option colour\\. It has [a-zA-Z, ]+\\.$`),
    });
    await t.throwsAsync(() => run(call, "green"), {
      instanceOf: OptionError,
      message: `The options of ${name} are green; expected an object.`,
    });
  });

test("every function of the library that takes options is among them", (t) => {
  const without = [
    "crissStatus",
    "listEncoders",
    "makeFolder",
    "listRules",
    "recogniseBitext",
    "recogniseBitextFormat",
    "guessPairFormat",
    "guessMinedFormat",
    "languagesOfNames",
    "nameTile",
  ];
  const others = [
    "formatReportPage",
    "writeReport",
    "barsOf",
    "spell",
    "printable",
    "fieldsAmong",
    "refuseClashes",
    "refuseFilesOf",
    "refuseInputs",
  ];
  const functions = Object.entries(crisscross)
    .filter(([, value]) => typeof value === "function" && !/^class/.test(`${value}`))
    .map(([name]) => name);
  t.deepEqual(functions.sort(), [...Object.keys(CALLS), ...without, ...others].sort());
});

test("the nearest option is offered for a misspelt one, and one of another job is named with those that there are", async (t) => {
  const says = async (call: string, options: object, message: RegExp | string) =>
    t.throwsAsync(() => run(CALLS[call], options), { instanceOf: OptionError, message });
  await says("mine", { treshold: 1.2 }, "mine has no option treshold. Is threshold meant?");
  await says("mine", { onevent: () => {} }, "mine has no option onevent. Is onEvent meant?");
  await says("evaluateXsim", { pivot: "en" }, /^evaluateXsim has no option pivot\. It has /);
  await says("mine", { constructor: 1 }, /^mine has no option constructor\./);
});

test("an option that is undefined is one that is not given, whatever its name", async (t) => {
  t.is((await crisscross.openEncoder("ngram", { colour: undefined } as never)).dimensions, 256);
});

test("the options of reading are checked, too", async (t) => {
  for (const call of ["mine", "embedFile", "filterBitext", "dedupBitext", "convert"])
    await t.throwsAsync(() => run(CALLS[call], { read: { colum: 2 } }), {
      instanceOf: OptionError,
      message: /^read(Sentences|Pairs) has no option colum\. (Is column meant\?|It has )/,
    });
});
