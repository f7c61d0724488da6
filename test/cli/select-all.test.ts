import { join } from "node:path";
import test from "ava";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

test("select --all writes every candidate of a run with its margin, cosine and ranks", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const mined = ["mine", "samples/town.de", "samples/town.en", "--k", "2", "--second-choice", "--quiet"];
  t.is((await crisscross([...mined, "--run", run])).code, 0);
  const { code, stdout, stderr } = await crisscross(["select", run, "--all", "--header"]);
  t.is(code, 0, stderr);
  const [header, ...lines] = stdout.trimEnd().split("\n");
  t.is(header, "score\tsource\ttarget\tcosine\tforwardRank\tbackwardRank");
  const rows = lines.map((line) => line.split("\t"));
  // Each of a sentence's two nearest is there, once.
  for (const [side, rank] of [
    [1, 4],
    [2, 5],
  ])
    for (const text of new Set(rows.map((row) => row[side]))) {
      const ranks = rows.flatMap((row) => (row[side] === text && row[rank] !== "0" ? [row[rank]] : []));
      t.deepEqual(ranks.sort(), ["1", "2"]);
    }
  t.deepEqual(
    rows.map(([score]) => Number(score)),
    rows.map(([score]) => Number(score)).sort((a, b) => b - a),
  );
  const columns = await crisscross(["select", run, "--all", "--columns", "line"]);
  t.is(columns.stdout.split("\n")[0].split("\t").length, 5);
  t.not((await crisscross(["select", run, "--all", "--retrieval", "max"])).code, 0);
});
