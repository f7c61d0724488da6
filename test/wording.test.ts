import test from "ava";
import { spellOption } from "../cli/spell-option.js";
import { InputError, OptionError } from "../src/errors.js";
import { note, option, optionList, say, spell } from "../src/wording.js";

test("one text names options as the library writes them, and as they are typed", (t) => {
  const text = say`${option("searchEffort")} is ${9}; leave it out, or pass ${option("index", "ivf")}.`;
  t.is(spell(text), 'searchEffort is 9; leave it out, or pass index: "ivf".');
  t.is(spell(text, spellOption), "--search-effort is 9; leave it out, or pass --index ivf.");
});

test("an option that is on or off is typed without a value", (t) => {
  const both = say`${option("centre", true)} and ${option("centre", false)}`;
  t.is(spell(both), "centre: true and centre: false");
  t.is(spell(both, spellOption), "--centre and --no-centre");
});

test("texts may hold texts, and what they quote is never taken for an option", (t) => {
  const inner = say`${optionList(["k", "idColumn"], " and ")} of {k}`;
  t.is(spell(say`a: ${inner}.`, spellOption), "a: --k and --id-column of {k}.");
});

test("an error says its problem, then its advice; each can be had alone", (t) => {
  const advice = say`Pass ${option("onError", "skip")}.`;
  const error = new InputError({ path: "a.tsv", line: 3 }, say`has no ${option("column")}.`, { advice });
  t.is(error.message, 'a.tsv, line 3: has no column. Pass onError: "skip".');
  t.is(error.problem, "has no column.");
  t.is(error.advice, 'Pass onError: "skip".');
  t.is(error.explain({ spellOption }), "a.tsv, line 3: has no --column. Pass --on-error skip.");
  t.is(error.explain({ spellOption, advice: false }), "a.tsv, line 3: has no --column.");
  t.is(new OptionError("No.").advice, undefined);
});

test("a remark keeps how it names options, where it does", (t) => {
  t.deepEqual(note("plain"), { kind: "note", message: "plain" });
  const wording = say`with ${option("k")}`;
  t.deepEqual(note(wording), { kind: "note", message: "with k", wording });
});

test("whatever an error or a remark quotes, a terminal does not obey it", (t) => {
  const error = new InputError({ path: "a\x1b[2J.tsv" }, say`is ${"\x07\n"}.`, { advice: "See \u202eb." });
  t.is(error.message, "a\\u001b[2J.tsv: is \\u0007\\n. See \\u202eb.");
  t.deepEqual([error.problem, error.advice], ["is \\u0007\\n.", "See \\u202eb."]);
  t.is(error.place.path, "a\x1b[2J.tsv");
  t.is(note("\x1b").message, "\\u001b");
  t.is(note(say`${"\x1b"} ${option("index", "\x9b")}`).message, '\\u001b index: "\\u009b"');
});

test("an error is of bounded length, and its advice is whole", (t) => {
  const error = new OptionError("x".repeat(1e6), { advice: "Leave it out." });
  t.true(error.message.length < 2100);
  t.true(error.message.endsWith("xxx Leave it out."));
});

test("lines of others stand below each other, and each is one line", (t) => {
  const wording = say`Its last lines:${{ lines: ["one\r", "two\nand"] }} See.`;
  t.is(spell(wording), "Its last lines:\n  one\\r\n  two\\nand See.");
});
