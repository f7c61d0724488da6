import { mine, openEncoder } from "crisscross";

// One encoder serves all runs, and is closed by who opened it. What a run needs beside it is freed at the run's end.
const [source, target, runs, name] = process.argv.slice(2);
const encoder = await openEncoder(name);
const used: number[] = [];
try {
  for (let run = 0; run < Number(runs); run++) {
    for await (const { score } of mine(source, target, { encoder })) if (score < 2) break;
    globalThis.gc?.();
    used.push(process.memoryUsage().rss);
  }
} finally {
  await encoder.close?.();
}
const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);
console.log(JSON.stringify({ first: mebibytes(used[9]), last: mebibytes(used[used.length - 1]) }));
