/**
 * Speed and memory of reading TMX: `crisscross convert` takes a document of many units with properties and inline tags
 * from a pipe, and its resident memory is looked at when it has taken a tenth, a half and all of it. The same document
 * goes through Python's ElementTree (expat, which is C), as OpusTools and others read TMX. A minute a gigabyte or more.
 *
 *   node dist/test/bench/tmx.js [--megabytes 1000]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.js";

const { values } = parseArgs({ options: { megabytes: { type: "string", default: "1000" } } });
const bytes = Number(values.megabytes) * 1e6;

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="bench" creationtoolversion="1" segtype="sentence" o-tmf="bench" adminlang="en" srclang="en" datatype="html"/>
<body>
`;
const TAIL = "</body></tmx>\n";
const ITERPARSE = `
import sys, xml.etree.ElementTree as E
units = 0
events = E.iterparse(sys.stdin.buffer, events=("start", "end"))
_, root = next(events)
for event, element in events:
    if event == "end" and element.tag == "tu":
        units += 1
        texts = ["".join(seg.itertext()) for seg in element.iter("seg")]
        sys.stdout.write("\\t".join(texts) + "\\n")
        element.clear()
    elif event == "start" and element.tag == "body":
        body = element
    if units % 1000 == 0 and event == "end" and element.tag == "tu":
        body.clear()
`;

const convert = ["dist/cli/crisscross.js", "convert", "-", "--format", "tmx", "--languages", "en,de"];
const ours = await measure(process.execPath, convert);
console.log(`${describeMachine()} · ${values.megabytes} MB of TMX`);
console.log(`crisscross: ${describe(ours)}`);
const theirs = await measure("python3", ["-c", ITERPARSE]);
console.log(`ElementTree: ${describe(theirs)}`);
console.log(`ratio: ${(theirs.cpuSeconds / ours.cpuSeconds).toFixed(2)} × as fast, by processor time`);

interface Measured {
  seconds: number;
  /** Processor time of all threads, which tells more than seconds do on a machine that is shared. */
  cpuSeconds: number;
  /** MiB when a tenth, a half and all of the document had been taken. */
  resident: number[];
}

async function measure(command: string, argv: string[]): Promise<Measured> {
  const start = performance.now();
  const child = spawn(command, argv, { stdio: ["pipe", "ignore", "inherit"] });
  const exit = once(child, "exit");
  const resident: number[] = [];
  let written = 0;
  for await (const piece of document()) {
    if (!child.stdin.write(piece)) await Promise.race([once(child.stdin, "drain"), exit]);
    written += piece.length;
    const share = [0.1, 0.5, 1][resident.length];
    if (written >= share * bytes) resident.push(residentMib(child));
  }
  const cpuSeconds = cpuSecondsOf(child);
  child.stdin.end();
  const [code] = await exit;
  if (code !== 0) throw new Error(`${command} ended with ${code}.`);
  return { seconds: (performance.now() - start) / 1000, cpuSeconds, resident };
}

/** A megabyte of units at a time; each unit has a number of its own. */
function* document(): Generator<Buffer> {
  yield Buffer.from(HEAD);
  let unit = 0;
  for (let written = 0; written < bytes; ) {
    let piece = "";
    while (piece.length < 1e6) {
      unit++;
      piece += `<tu tuid="${unit}"><prop type="x-domain">mills &amp; rivers</prop>
<tuv xml:lang="en-GB" changeid="ann"><seg>The mill number ${unit} stands <bpt i="1">&lt;b&gt;</bpt>by the river<ept i="1">&lt;/b&gt;</ept>, and the miller &#8211; an old man &#8211; has not ground any grain since the flood.</seg></tuv>
<tuv xml:lang="de-DE"><seg>Die Mühle Nummer ${unit} steht <bpt i="1">&lt;b&gt;</bpt>am Fluss<ept i="1">&lt;/b&gt;</ept>, und der Müller, ein alter Mann, hat seit der Überschwemmung kein Korn mehr gemahlen.</seg></tuv></tu>
`;
    }
    const bytes = Buffer.from(piece);
    written += bytes.length;
    yield bytes;
  }
  yield Buffer.from(TAIL);
}

function residentMib({ pid }: ChildProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 2 ** 10;
}

/** User and system time in ticks of 10 ms, as Linux counts them. */
function cpuSecondsOf({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function describe({ seconds, cpuSeconds, resident }: Measured): string {
  const [tenth, half, all] = resident.map((mib) => mib.toFixed(0));
  const rate = (time: number) => (bytes / 1e6 / time).toFixed(1);
  return `${rate(seconds)} MB/s, ${rate(cpuSeconds)} MB a second of processor time · resident ${tenth} MiB at 10 %, ${half} at 50 %, ${all} at the end`;
}
