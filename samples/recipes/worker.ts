import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { mine } from "crisscross";

interface Task {
  source: string;
  target: string;
}

if (isMainThread) {
  // The main thread stays free for a server's requests or a window's events.
  const [source, target] = process.argv.slice(2);
  const task: Task = { source, target };
  const worker = new Worker(new URL(import.meta.url), { workerData: task });
  worker.on("message", ([score, ours, theirs]) => console.log(score, ours, "=", theirs));
} else {
  const { source, target } = workerData as Task;
  for await (const { score, source: ours, target: theirs } of mine(source, target, { threads: 1 }))
    parentPort!.postMessage([score.toFixed(3), ours.text, theirs.text]);
}
