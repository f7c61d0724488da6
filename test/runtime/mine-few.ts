import { isMainThread, Worker } from "node:worker_threads";
import { mine } from "../../src/jobs/mine.js";

/** A program that uses the library; in a worker thread if its argument says so. */
if (isMainThread && process.argv[2] === "worker") new Worker(new URL(import.meta.url));
else
  for await (const { score } of mine("samples/town.de", "samples/town.en", { encoder: "ngram" }))
    score.toFixed();
