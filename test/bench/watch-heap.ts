/**
 * Loaded before a program (`node --import`): notes the most that its heap and its arrays held, in bytes, in the file that
 * WATCH_HEAP names.
 */
import { writeFileSync } from "node:fs";

const EVERY_MS = 20;
const peak = { heap: 0, arrays: 0 };

function look(): void {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  peak.heap = Math.max(peak.heap, heapUsed);
  peak.arrays = Math.max(peak.arrays, arrayBuffers);
}

setInterval(look, EVERY_MS).unref();
process.on("exit", () => {
  look();
  writeFileSync(process.env.WATCH_HEAP!, JSON.stringify(peak));
});
