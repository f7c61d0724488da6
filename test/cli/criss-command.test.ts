import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { staticFolder } from "../embed/folders.js";
import { hashRunFiles } from "../run-files.js";
import { temporaryFolder } from "../temporary-folder.js";
import { crisscross } from "./terminal.js";

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
