import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import type { JobEvent } from "../../../src/events.js";
import { filterBitext } from "../../../src/jobs/filter/filter.js";
import { readConfiguration } from "../../../src/jobs/filter/read-configuration.js";
import { temporaryFolder } from "../../temporary-folder.js";

const BITEXT = [
  "Die Katze schläft heute auf dem Sofa.\tThe cat sleeps on the sofa today.",
  "Le chat dort aujourd'hui sur le canapé.\tThe dog is barking in the garden.",
  "Die Katze schläft heute auf dem Sofa.\tThe cat sleeps on the sofa today.",
  "Der Hund <b>bellt</b> im Garten.\tThe dog is barking in the garden.",
  "Außerordentliche Hauptversammlung\tExtraordinary shareholders meeting",
].map((line) => `${line}\n`);

async function filter(t: ExecutionContext, configuration: string) {
  const folder = temporaryFolder(t);
  const [input, output] = [join(folder, "in.tsv"), join(folder, "out.tsv")];
  writeFileSync(input, BITEXT.join(""));
  const notes: string[] = [];
  const onEvent = (event: JobEvent) => {
    if (event.kind === "note") notes.push(event.message);
  };
  const { rejected } = await filterBitext(input, output, { configuration, onEvent });
  return { kept: readFileSync(output, "utf8"), rejected, notes };
}

function write(t: ExecutionContext, text: string): string {
  const path = join(temporaryFolder(t), "filter.yaml");
  writeFileSync(path, text);
  return path;
}

/** Made by opusfilter-autogen 3.3.1 of a bitext of 2,000 pairs, by each of its methods. */
const AUTOGEN: [method: string, rules: number, kept: number[], note: RegExp][] = [
  ["defaults", 14, [0, 2, 4], /LinguaFilter: languages are told by a model of fastText, not by lingua/],
  ["percentiles", 14, [], /LanguageIDFilter: languages are told by a model of fastText, not by lingua/],
  ["clustering", 3, [4], /LanguageIDFilter: languages are told by a model of fastText, not by lingua/],
];

for (const [method, rules, kept, said] of AUTOGEN)
  test(`what opusfilter-autogen writes by ${method} is taken as it is`, async (t) => {
    const path = `test/filter/autogen/${method}.yaml`;
    const outcome = await filter(t, path);
    // Its percentiles of what is high in good pairs reject nearly all of them.
    t.is(outcome.kept, kept.map((line) => BITEXT[line]).join(""));
    t.is(Object.keys(outcome.rejected).length, rules);
    t.is(
      outcome.notes[0],
      `${path}: the rules of its steps are taken; the bitext is the command's, not the inputs and outputs that they name.`,
    );
    t.regex(outcome.notes[1], said);
    t.is(outcome.notes.length, 2);
  });

const files = (from: string, to: string) => `inputs: [${from}.de, ${from}.en], outputs: [${to}.de, ${to}.en]`;

test("steps that go on with each other's output are one chain", async (t) => {
  const steps = [
    `{type: filter, parameters: {${files("raw", "long")}, filters: [{LengthFilter: {min_length: 2}}], filterfalse: false, n_jobs: 4}}`,
    `{type: remove_duplicates, parameters: {${files("long", "distinct")}, compare: [1]}}`,
    `{type: filter, parameters: {${files("distinct", "kept")}, filters: [HtmlTagFilter, {LengthFilter: {name: again}}]}}`,
  ];
  const { kept, rejected } = await filter(
    t,
    write(t, `common: {default_n_jobs: 2}\nsteps: [${steps.join(", ")}]\n`),
  );
  t.is(kept, BITEXT[0] + BITEXT[1] + BITEXT[4]);
  t.deepEqual(rejected, { LengthFilter: 0, DuplicateFilter: 2, HtmlTagFilter: 0, again: 0 });
});

const step = (type: string, parameters: string) =>
  `steps:\n  - type: ${type}\n    parameters: {${parameters}}\n`;
const REFUSED: [what: string, text: string, place: string, message: RegExp][] = [
  [
    "a step of another kind",
    step("subset", "size: 10"),
    "line 2, column",
    /steps\.0\.type: the step subset is not done here\. Draw the subset/,
  ],
  [
    "a step that does not exist",
    step("sieve", "size: 10"),
    "line 2, column",
    /the step sieve is not done here\. Steps of type filter/,
  ],
  [
    "filterfalse",
    step("filter", `${files("a", "b")}, filters: [no_urls], filterfalse: true`),
    "line 3, column",
    /filterfalse: is not done here; crisscross filter --rejected writes these/,
  ],
  [
    "limit",
    step("filter", `${files("a", "b")}, filters: [no_urls], limit: 10`),
    "line 3, column",
    /limit: is not done here; take the first lines/,
  ],
  [
    "three languages",
    step("filter", "inputs: [a, b, c], outputs: [d, e, f], filters: [no_urls]"),
    "line 3, column",
    /inputs: expected two files/,
  ],
  [
    "a rule that does not exist",
    step("filter", `${files("a", "b")}, filters: [{LenghtFilter: {}}]`),
    "line 3, column",
    /steps\.0\.parameters\.filters\.0\.LenghtFilter: there is no rule LenghtFilter\. Did you mean LengthFilter/,
  ],
  [
    "a preprocessor's parameter",
    step("filter", `${files("a", "b")}, filters: [no_urls], preprocessors: []`),
    "line 3, column",
    /preprocessors: there is no such option.*Known are inputs, outputs/,
  ],
  [
    "an overlap",
    step("remove_duplicates", `${files("a", "b")}, overlap: [c, d]`),
    "line 3, column",
    /overlap: is not done here; use TestSetFilter/,
  ],
  [
    "lower case alone",
    step("remove_duplicates", `${files("a", "b")}, lowercase: true`),
    "line 3, column",
    /lowercase: is done here with the other alone\. Set letters_only and lowercase/,
  ],
  [
    "a step from elsewhere",
    `steps:\n  - {type: filter, parameters: {${files("a", "b")}, filters: [no_urls]}}\n  - {type: filter, parameters: {${files("a", "c")}, filters: [no_urls]}}\n`,
    "line 3, column",
    /steps\.1\.parameters\.inputs: is not what the step before writes/,
  ],
  [
    "a variable",
    step("filter", `inputs: [!varstr "a.{l}", b], outputs: [c, d], filters: [no_urls]`),
    "line 3, column",
    /has a variable of OpusFilter \(!varstr\)\. Write its value/,
  ],
  [
    "variables",
    `steps:\n  - type: filter\n    variables: {l: [de, fr]}\n    parameters: {${files("a", "b")}, filters: [no_urls]}\n`,
    "line 3, column",
    /variables: is not done here; write a step for each value/,
  ],
  ["a step without parameters", "steps:\n  - type: filter\n", "line 2, column 5", /steps\.0\.parameters/],
];

for (const [what, text, place, message] of REFUSED)
  test(`${what} in the steps of OpusFilter is refused by name`, async (t) => {
    const path = write(t, text);
    const error = await t.throwsAsync(() => readConfiguration(path), { message });
    t.true(error!.message.startsWith(`${path}, ${place}`), error!.message);
  });
