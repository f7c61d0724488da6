import { mine } from "crisscross";

// The folder keeps every stage that is done, so the same program, started again, goes on with the next one.
const [run, source, target, stopAt] = process.argv.slice(2);
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
try {
  const pairs = mine(source, target, {
    run,
    signal: stop.signal,
    onEvent: (event) => {
      if (event.kind !== "stage") return;
      console.log(`${event.stage}: ${event.what}`);
      if (event.stage === stopAt) stop.abort();
    },
  });
  let count = 0;
  for await (const _ of pairs) count++;
  console.log(`${count} pairs`);
} catch (error) {
  if (!stop.signal.aborted) throw error;
  console.log("stopped");
}
