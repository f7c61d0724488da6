import { dedupPairs, filterPairs, readPairs, writeBitext } from "crisscross";

// Between two programs of a pipe: pairs come from standard input, and those that stay go to standard output at once.
const kept = filterPairs(readPairs(process.stdin), {
  languages: ["de", "en"],
  onRejected: ({ source }, reason) => console.error(`${reason}: ${source}`),
});
await writeBitext(dedupPairs(kept), process.stdout);
