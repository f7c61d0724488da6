import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { staticFolder } from "../embed/folders.js";
import { hashRunFiles } from "../run-files.js";
import { temporaryFolder } from "../temporary-folder.js";
import { killAt } from "./kill-at.js";
import { crisscross, crisscrossInto } from "./terminal.js";

const SMALL = ["--encoder", "ngram", "--dimensions", "4", "--least-steps", "1"];

test("criss prints a row a round, and status the same from the folder alone", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const files = ["samples/town.de", "samples/town.en", "--gold", "de-en=samples/town.de-en.gold"];
  const { code, stdout, stderr } = await crisscross([
    "criss",
    ...files,
    "--run",
    run,
    "--rounds",
    "1",
    ...SMALL,
    ...["--validation", "0"],
  ]);
  t.is(code, 0, stderr);
  const [header, ...rows] = stdout.trimEnd().split("\n");
  t.regex(
    header,
    /^round +sentences +pairs +to train on +margins 25\/50\/75 % +mutual +as before +validation +estimated +precision +P@1 +best F1$/,
  );
  t.is(rows.length, 2);
  for (const [round, row] of rows.entries()) {
    t.regex(
      row,
      new RegExp(
        `^${round} +260 × 260 +\\d+ +\\d+ +\\d\\.\\d\\d \\d\\.\\d\\d \\d\\.\\d\\d( +(–|\\d\\.\\d{3})){7}$`,
      ),
    );
    t.is(row.length, header.length);
  }
  t.regex(
    stderr,
    /^1 encoders? trained · round 1 is the best · \d+ pairs in .*run\/pairs · --encoder .*run$/m,
  );
  const status = await crisscross(["criss", "status", run]);
  t.is(status.stdout, `${stdout}finished · the run gives round 1\n`);
  const { rounds, best } = JSON.parse((await crisscross(["criss", "status", run, "--json"])).stdout);
  t.is(best, 1);
  t.deepEqual(rounds[1], JSON.parse(readFileSync(join(run, "rounds", "1", "stats.json"), "utf8")));
});

test("a loop whose rounds cannot be printed goes on to its end, and says so; status says so, too", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const files = ["samples/town.de", "samples/town.en"];
  const full = { code: 1, stderr: "crisscross: standard output: cannot be written: ENOSPC.\n" };
  const ended = await crisscrossInto("ENOSPC", ["criss", ...files, "--run", run, "--rounds", "1", ...SMALL]);
  t.is(ended.code, full.code);
  t.true(ended.stderr.endsWith(` · --encoder ${run}\n${full.stderr}`), ended.stderr);
  t.deepEqual(await crisscrossInto("ENOSPC", ["criss", "status", run]), full);
});

test("texts are named by --text or --pair, or two files by their suffixes", async (t) => {
  const folder = temporaryFolder(t);
  const minedFrom = async (...texts: string[]) => {
    const run = join(folder, String(texts.length));
    const { code, stderr } = await crisscross([
      "criss",
      ...texts,
      "--run",
      run,
      "--rounds",
      "1",
      ...SMALL,
      "--quiet",
    ]);
    t.is(code, 0, stderr);
    return readdirSync(join(run, "pairs"));
  };
  for (const name of ["german.txt", "english.txt"])
    writeFileSync(
      join(folder, name),
      readFileSync(name === "german.txt" ? "samples/town.de" : "samples/town.en"),
    );
  t.deepEqual(await minedFrom(join(folder, "german.txt"), join(folder, "english.txt")), [
    "source-target.tsv",
  ]);
  const named = ["de=samples/town.de", "en=samples/town.en", "fr=samples/town.fr"];
  t.deepEqual(await minedFrom(...named.flatMap((text) => ["--text", text]), "--pivots", "fr"), [
    "de-fr.tsv",
    "en-fr.tsv",
  ]);
  const pairs = [`${named[0]},${named[1]}`, `${named[2]},${named[1]}`];
  t.deepEqual(await minedFrom(...pairs.flatMap((pair) => ["--pair", pair])), ["de-en.tsv", "fr-en.tsv"]);
});

const WRONG: [what: string, argv: string[], message: RegExp][] = [
  ["two texts under one name", ["--text", "de=a", "--text", "de=b"], /de is given twice, as a and as b/],
  ["no name", ["--text", "a.de"], /Expected a name and a file, such as de=german\.txt/],
  ["half a pair", ["--pair", "de=a"], /Expected two texts, such as/],
  ["nothing", [], /Expected two files, or --text for each language/],
  ["one file", ["a.de"], /Expected two files, found 1/],
  ["files and texts", ["a.de", "a.en", "--text", "fr=a"], /Expected two files, or --text/],
  ["standard input twice", ["--text", "de=-", "--text", "en=-"], /Two texts are standard input/],
];

for (const [what, argv, message] of WRONG) {
  test(`criss with ${what} is wrong usage`, async (t) => {
    const { code, stderr } = await crisscross(["criss", ...argv, "--run", join(temporaryFolder(t), "run")]);
    t.is(code, 2);
    t.regex(stderr, message);
  });
}

test("criss wants a run folder", async (t) => {
  const { code, stderr } = await crisscross(["criss", "samples/town.de", "samples/town.en"]);
  t.is(code, 2);
  t.regex(stderr, /--run is missing/);
});

test("criss goes on when nobody reads its table any more", (t) => {
  const run = join(temporaryFolder(t), "run");
  const line = [...command(run).filter((word) => word !== "--quiet"), "|", "head", "-1"].join(" ");
  const script = `set -o pipefail; "${process.execPath}" dist/cli/crisscross.js ${line}`;
  const { status, stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
  t.is(status, 0, stderr);
  t.regex(stderr, /^2 encoders trained/m);
});

const command = (run: string) => [
  ...["criss", "samples/town.de", "samples/town.en", "--run", run],
  ...[...SMALL, "--rounds", "2", "--validation", "0", "--quiet"],
];

/** What a loop makes and removes, from early to late: two pairs of languages, and pairs of the user's own for one. */
const MOMENTS = [
  /\/\.start\.[^/]*part$/,
  /\/\.seeded\.pieces\.part$/,
  /\/\.seeded\.(?!pieces)[^/]*part$/,
  /\/rounds\/0\/candidates\/fr-en\/candidates\.target/,
  /\/\.pairs\.[^/]*part$/,
  /\/rounds\/0\/\.encoder\.pieces\.part is gone$/,
  /\/rounds\/1\/vectors\/en\.npy$/,
  /\/rounds\/1\/encoder\.json$/,
  /\/rounds\/0\/encoder is gone$/,
];

test("kill -9 at any of these moments, and the same command again: the same bytes by other threads", async (t) => {
  const folder = temporaryFolder(t);
  const [whole, killed] = [join(folder, "whole"), join(folder, "killed")];
  const seeds = join(folder, "seeds.tsv");
  writeFileSync(seeds, "Brücke\tbridge\nHafen\tharbour\nMühle\tmill\n");
  const command = (run: string, threads = "2") => [
    ...["criss", "--text", "de=samples/town.de", "--text", "fr=samples/town.fr"],
    ...["--text", "en=samples/town.en", "--seed-pairs", `de-en=${seeds}`, "--threads", threads],
    ...[...SMALL, "--rounds", "2", "--run", run, "--quiet"],
  ];
  t.is((await crisscross(command(whole, "1"))).code, 0);
  // One after the other in one folder: each run goes on where the one before was killed.
  for (const moment of MOMENTS) {
    await killAt(t, moment, command(killed));
    const { code, stdout } = await crisscross(["criss", "status", killed]);
    t.is(code, 0);
    t.regex(stdout, /^not finished, the same command goes on: /m);
  }
  t.is((await crisscross(command(killed))).code, 0);
  t.deepEqual(hashRunFiles(killed), hashRunFiles(whole));
});

test("criss trains an adapter as its options say, and refuses those of another trainer", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const texts = ["criss", "samples/town.de", "samples/town.en", "--run", run, "--rounds", "1"];
  const start = ["--encoder", "test/embed/static/normalised", "--trainer", "adapter"];
  const other = await crisscross([...texts, ...start, "--max-pieces", "8"]);
  t.is(other.code, 2);
  t.regex(other.stderr, /--max-pieces goes with --trainer table, but the trainer is adapter/);
  const choices = ["--rank", "2", "--additive-margin", "0.1", "--hard-negatives", "2", "--epochs", "1"];
  const { code, stderr } = await crisscross([...texts, ...start, ...choices]);
  t.is(code, 0, stderr);
  const { training } = JSON.parse(readFileSync(join(run, "encoder", "config.json"), "utf8"));
  t.deepEqual(
    [training.rank, training.additiveMargin, training.hardNegatives, training.epochs],
    [2, 0.1, 2, 1],
  );
});

/** A trainer that leaves the start as it is, as a script and as --command calls it. */
function trainer(t: ExecutionContext, instead = "") {
  const path = join(temporaryFolder(t), "train it.mjs");
  const body = `
    import { cpSync, existsSync, writeFileSync } from "node:fs";
    import { connect } from "node:net";
    const [start, output] = process.argv.slice(-2);
    console.log("step 1 of 1");
    ${instead}
    cpSync(start, output, { recursive: true });`;
  writeFileSync(path, body);
  return { path, command: `'${process.execPath}' "${path}"` };
}

function argvOf(run: string, command: string): string[] {
  const start = ["--encoder", staticFolder("normalised"), "--rounds", "1", "--quiet"];
  return ["criss", "samples/town.de", "samples/town.en", "--run", run, ...start, "--command", command];
}

test("criss --command trains with a program, and says what went wrong with it", async (t) => {
  const run = join(temporaryFolder(t), "run");
  const { path, command } = trainer(t);
  const { code, stderr } = await crisscross(argvOf(run, command));
  t.is(code, 0, stderr);
  t.is(readFileSync(join(run, "rounds", "0", "training", "log.txt"), "utf8"), "step 1 of 1\n");
  writeFileSync(path, `console.error("out of memory"); process.exitCode = 9;`);
  const failed = await crisscross(argvOf(run, command));
  t.is(failed.code, 1);
  t.regex(
    failed.stderr,
    /^crisscross: .*train it\.mjs: ended with exit code 9, in round 0\. .*\n {2}out of memory\n/m,
  );
  const piped = await crisscross(argvOf(run, "train.py | tee log"));
  t.is(piped.code, 2);
  t.regex(piped.stderr, /'--command <words>' .*It is run without a shell, which would be needed for \|\./);
});

test("kill -9 ends the program, too, and the same command again gives the same bytes", async (t) => {
  const folder = temporaryFolder(t);
  const [run, whole, socket] = ["run", "whole", "socket"].map((name) => join(folder, name));
  // Only while the test listens does it work for ever, half of the encoder written.
  const { command } = trainer(
    t,
    `if (existsSync(${JSON.stringify(socket)})) {
      writeFileSync(output + "/half", "");
      process.on("SIGTERM", () => {});
      await new Promise(() => connect(${JSON.stringify(socket)}));
    }`,
  );
  const server = createServer().listen(socket);
  const child = spawn(process.execPath, ["dist/cli/crisscross.js", ...argvOf(run, command)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const exit = once(child, "exit");
  const [program] = (await Promise.race([once(server, "connection"), exit])) as [Socket];
  // Its end of the connection closes when it is gone, which may be told before the exit.
  program.on("error", () => {}).resume();
  const closed = once(program, "close");
  child.kill("SIGKILL");
  t.deepEqual(await exit, [null, "SIGKILL"]);
  await closed;
  server.close();
  rmSync(socket, { force: true });
  for (const place of [run, whole]) {
    const { status } = spawnSync(process.execPath, ["dist/cli/crisscross.js", ...argvOf(place, command)]);
    t.is(status, 0);
  }
  t.deepEqual(hashRunFiles(run), hashRunFiles(whole));
});
