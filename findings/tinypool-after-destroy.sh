#!/usr/bin/env bash
# tinypool 2.2.0 (Node 20): what a pool does with a task that comes after destroy().
#
# - It starts a new thread, which does the task, as if the pool had never been destroyed. Nothing ends that thread: it is in
#   `threads` and stays until the process does, or until destroy() is called again. A pool whose tasks need one thread to
#   remember what it was given, such as pieces of one compressed frame, begins anew in the middle without a word.
# - Tasks that were running when destroy() came do fail, so that a test of those alone shows nothing.
#
# It matters to whoever closes a pool while streams may still write through it, as on an error: the pool itself has to
# remember that it was closed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts tinypool@2.2.0

cat > worker.mjs <<'JS'
let tasks = 0;
export default async (wait) => {
  if (wait) await new Promise((resolve) => setTimeout(resolve, 60_000));
  return ++tasks;
};
JS
cat > pool.mjs <<'JS'
import { Tinypool } from "tinypool";
const filename = new URL("./worker.mjs", import.meta.url).href;
const pool = new Tinypool({ filename, minThreads: 1, maxThreads: 1, isolateWorkers: false });
console.log("tasks of the first thread:", await pool.run(false), await pool.run(false));
const running = pool.run(true).then(() => "done", () => "failed");
await pool.destroy();
console.log("a task that was running:", await running, "· threads:", pool.threads.length);
console.log("a task after destroy(), by what its thread has done:", await pool.run(false));
console.log("threads:", pool.threads.length);
process.exit(0);
JS
found=$(node pool.mjs)
echo "$found"
diff <(echo "$found") - <<'TXT'
tasks of the first thread: 1 2
a task that was running: failed · threads: 0
a task after destroy(), by what its thread has done: 1
threads: 1
TXT
