#!/usr/bin/env bash
# onnxruntime-node 1.30.0 (Linux, macOS; seen with Node 20 on Linux x64): when a telemetry switch counts.
#
# The runtime's builds for POSIX systems carry an uploader that is on by default. The first session of a process makes a
# device identifier and a database in the user's cache and a log file in the temporary folder, which stays; about ten
# seconds later the process asks for a host, whatever it is doing. JavaScript has no call that turns it off. What works:
#
# - The variable is ORT_DISABLE_TELEMETRY. The name in the text of the pull request that made it a full opt-out,
#   ORT_TELEMETRY_DISABLED, does nothing. `1`, `true`, `yes` and `on` count; `0`, `false` and nothing leave it on.
# - It is read when the first session opens: an assignment to process.env after the import is early enough, one after
#   the first session is too late for the whole process.
# - An assignment in a worker thread is lost without a word, since process.env is a copy there and native code reads the
#   real environment; one in the main thread holds in its workers.
# - With CI=true, and with the variables of several build services, all is quiet: tests on such a service see nothing.
#
# It matters to whoever runs confidential texts through the runtime, or promises to work offline.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts onnxruntime-node@1.30.0

cat > open.mjs <<'EOF'
import { createRequire } from "node:module";
import { isMainThread, Worker, workerData } from "node:worker_threads";

// The graph b = Abs(a), one float each.
const MODEL = "CAo6NgoLCgFhEgFiIgNBYnMSBWdyYXBoWg8KAWESCgoICAESBAoCCAFiDwoBYhIKCggIARIECgIIAUICEBU=";
const turnOff = () => { process.env.ORT_DISABLE_TELEMETRY = "1"; };
const when = workerData ?? process.argv[2];

if (isMainThread && when.endsWith("worker")) {
  if (when === "before the worker") turnOff();
  new Worker(new URL(import.meta.url), { workerData: when });
} else {
  const { InferenceSession } = createRequire(import.meta.url)("onnxruntime-node");
  if (when === "after the import" || when === "inside the worker") turnOff();
  await InferenceSession.create(Buffer.from(MODEL, "base64"));
  if (when === "after the session") turnOff();
}
EOF

# expect <on|off> <when the program sets the switch> [variable=value ...]: whether files are left says whether it is on
expect() {
  local expected=$1 when=$2 found=off
  shift 2
  rm -rf home && mkdir -p home/tmp
  env -i PATH="$PATH" HOME="$PWD/home" TMPDIR="$PWD/home/tmp" "$@" node open.mjs "$when"
  [ -z "$(find home -type f)" ] || found=on
  printf '%-4s %-20s %s\n' "$found" "$when" "$*"
  [ "$found" = "$expected" ] || { echo "expected: $expected" >&2; exit 1; }
}

expect on never
find home -type f | sed 's/[0-9]\{2,\}/N/; s/^/     left: /'
for value in 1 true yes on; do expect off never ORT_DISABLE_TELEMETRY=$value; done
for value in 0 false ""; do expect on never ORT_DISABLE_TELEMETRY=$value; done
expect on never ORT_TELEMETRY_DISABLED=1
expect off "after the import"
expect on "after the session"
expect on "inside the worker"
expect off "before the worker"
expect off never CI=true
