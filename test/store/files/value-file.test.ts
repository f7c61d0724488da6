import { join } from "node:path";
import test from "ava";
import { OutputError } from "../../../src/errors.js";
import { ValueFile } from "../../../src/store/files/value-file.js";
import { temporaryFolder } from "../../temporary-folder.js";

test("values come back by their numbers, in any order, while others are added", (t) => {
  using file = new ValueFile<unknown>(join(temporaryFolder(t), "values"));
  file.append({ blocks: [["eins", "zwei"]], line: 1, url: undefined });
  file.append("");
  t.deepEqual(file.get(0), { blocks: [["eins", "zwei"]], line: 1, url: undefined });
  file.append(["drei"]);
  t.is(file.length, 3);
  t.deepEqual(file.get(2), ["drei"]);
  t.is(file.get(1), "");
});

test("a file that is there already, or a folder that is not, is told", (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "taken");
  using _ = new ValueFile<string>(path);
  t.throws(() => new ValueFile<string>(path), { instanceOf: OutputError });
  t.throws(() => new ValueFile<string>(join(folder, "none", "values")), { instanceOf: OutputError });
});
