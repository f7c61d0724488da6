import { execFileSync } from "node:child_process";
import test from "ava";

const MODULE = new URL("../../src/runtime/keep-memory.js", import.meta.url);
/** Pages that are mapped anew while eight blocks of 1 MiB are written and freed, fifty times over. */
const FAULTS = `
  (await import("${MODULE}")).keepFreedMemory();
  const round = () => {
    const blocks = Array.from({ length: 8 }, () => new Uint8Array(2 ** 20).fill(1).buffer);
    for (const block of blocks) structuredClone(undefined, { transfer: [block] });
  };
  for (let i = 0; i < 10; i++) round();
  const before = process.resourceUsage().minorPageFault;
  for (let i = 0; i < 50; i++) round();
  console.log(process.resourceUsage().minorPageFault - before);`;

test("memory that is freed is used again without the system's help, where glibc gives memory out", (t) => {
  const { header } = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  if (header.glibcVersionRuntime === undefined) {
    t.log("Skipped: Node uses no glibc here.");
    return t.pass();
  }
  const faults = Number(
    execFileSync(process.execPath, ["--input-type=module", "-e", FAULTS], { encoding: "utf8" }),
  );
  const pages = (50 * 8 * 2 ** 20) / 4096;
  t.true(faults < pages / 20, `${faults} of ${pages} pages`);
});
