import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { ModelError, OptionError } from "../../../src/errors.js";
import { extract } from "../../../src/jobs/extract/extract.js";
import { temporaryFolder } from "../../temporary-folder.js";

const MODEL = "test/clean/language/models/softmax-pruned.ftz";
const GERMAN = "Die Eisdecke auf dem Mühlteich ist laut Bauhof noch nicht tragfähig.";
const ENGLISH = "The ferry to Larkmoor runs only three times on Sundays.";

test("a model of one's own tells the languages of sentences, and knows no other language", async (t) => {
  const folder = temporaryFolder(t);
  const input = join(folder, "page.txt");
  writeFileSync(input, `${GERMAN}\n\n${ENGLISH}\n`);
  const options = { languageModel: MODEL, outputFormat: "txt", compression: "none" } as const;
  const { languages } = await extract([input], join(folder, "out"), {
    ...options,
    languages: ["deu", "eng"],
  });
  t.deepEqual(Object.keys(languages).sort(), ["de", "en"]);
  t.is(readFileSync(join(folder, "out", "de.txt"), "utf8"), `${GERMAN}\n`);
  await t.throwsAsync(extract([input], join(folder, "no"), { ...options, languages: ["cs"] }), {
    instanceOf: OptionError,
    message: /"cs" is not a language that can be identified/,
  });
  await t.throwsAsync(extract([input], join(folder, "no"), { languageModel: input }), {
    instanceOf: ModelError,
    message: /page\.txt: is not a model of fastText/,
  });
});
