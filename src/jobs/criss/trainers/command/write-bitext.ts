import { join } from "node:path";
import { makeFolder } from "../../../../store/files/make-folder.js";
import { writeWhole } from "../../../../store/files/whole-file.js";
import { toField } from "../../../../write/field.js";
import type { Bitext, BitextGroup } from "../../rounds/bitext.js";

const PAIRS_AT_ONCE = 1024;

/** Writes pairs to train on into a folder: `XX-YY.tsv`, `source⇥target`, the highest margins first. */
export async function writeBitext({ groups }: Bitext, folder: string): Promise<void> {
  await makeFolder(folder);
  for (const group of groups) {
    await writeWhole(join(folder, `${group.name}.tsv`), async (file) => {
      for (const some of formatPairs(group)) await file.appendFile(some);
    });
  }
}

function* formatPairs({ source, target, training: { sources, targets } }: BitextGroup): Generator<string> {
  for (let first = 0; first < sources.length; first += PAIRS_AT_ONCE) {
    const some = Array.from(sources.subarray(first, first + PAIRS_AT_ONCE), (text, i) =>
      [source.get(text), target.get(targets[first + i])].map(toField).join("\t"),
    );
    yield `${some.join("\n")}\n`;
  }
}
