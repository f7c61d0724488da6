import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";

/** What makes or fills a file by its name, which may be a link that somebody has put there. */
const MAKES = [
  /(?<![.\w])(?:createWriteStream|writeFile|writeFileSync|appendFile|appendFileSync|copyFile|cp)\(/,
  /(?<![.\w])open(?:Sync)?\(.*(?:"[wa]x?\+?"|"r\+"|APPENDING|O_WRONLY|O_RDWR|O_CREAT)/,
];

/** Files of the sources that do so themselves, and why that is well. */
const ALLOWED = {
  "embed/folder/copy-encoder.ts": "to a name that must be new",
  "hub/fetch-blob.ts": "goes on with a download, through no link",
  "jobs/shards/buckets.ts": "adds to a file that openNew made, through no link",
  "store/arrays/keyed-rows.ts": "the rows of the user's own cache stay where they are",
  "store/hashes/bit-file.ts": "in a folder that is made for it",
  "store/hashes/hash-partitions.ts": "in a folder that is made for them",
  "write/text-sink.ts": "devices and named pipes",
};

test("every file is made by store/files, which writes through nobody's link and keeps rights", (t) => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.startsWith("store/files/"),
  );
  const makers = files.filter((name) => {
    const code = readFileSync(join("src", name), "utf8");
    return /from "node:fs/.test(code) && MAKES.some((makes) => makes.test(code));
  });
  t.deepEqual(makers.toSorted(), Object.keys(ALLOWED));
});
