#!/usr/bin/env bash
# onnxruntime-node 1.30.0 (Linux x64, Node 20): which devices it lists, and which it has.
#
# - listSupportedBackends() is what the binary was compiled for, not what is there: `cuda` and `tensorrt` are listed where
#   their libraries were never fetched (installed with its script skipped) and no card exists. `bundled` tells only that
#   they come apart. So to offer what is listed, or to take the first of it, ends in an error at the first session.
# - An unknown name and a known one that cannot be loaded fail with different errors; nothing falls back to the CPU by
#   itself, as Python's onnxruntime does with a warning.
# - A session's logSeverityLevel, even 4 (fatal), does not silence the runtime's own report of libraries that cannot be
#   loaded: it goes to standard error beside the exception. env.logLevel = "fatal" before the first session does.
#
# It matters to whoever gives users a choice of devices, or keeps standard error for their own messages.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts onnxruntime-node@1.30.0

cat > open.mjs <<'EOF'
import { createRequire } from "node:module";
const { env, InferenceSession, listSupportedBackends } = createRequire(import.meta.url)("onnxruntime-node");
// The graph b = Abs(a), one float each.
const MODEL = "CAo6NgoLCgFhEgFiIgNBYnMSBWdyYXBoWg8KAWESCgoICAESBAoCCAFiDwoBYhIKCggIARIECgIIAUICEBU=";
const [device, level] = process.argv.slice(2);
if (level) env.logLevel = level;
const listed = listSupportedBackends().map(({ name }) => name);
const options = { executionProviders: [device], logSeverityLevel: 4 };
const said = await InferenceSession.create(Buffer.from(MODEL, "base64"), options).then(
  () => "opens",
  ({ message }) => message.split("\n")[0],
);
console.log(`${listed.includes(device) ? "listed" : "not listed"}, ${said}`);
EOF

export ORT_DISABLE_TELEMETRY=1 CUDA_VISIBLE_DEVICES=
# expect <pattern of what is said> <empty|noisy: standard error> <device> [log level]
expect() {
  local pattern=$1 stream=$2 said
  shift 2
  said=$(node open.mjs "$@" 2>errors)
  printf '%-12s %s\n' "$*" "$said"
  [[ "$said" =~ $pattern ]] || { echo "expected: $pattern" >&2; exit 1; }
  if [ -s errors ]; then found=noisy; else found=empty; fi
  echo "             standard error: $(wc -l < errors) lines"
  [ "$found" = "$stream" ] || { echo "expected standard error to be $stream" >&2; exit 1; }
}

expect '^listed, opens$' empty cpu
expect '^listed, .*Failed to load shared library' noisy cuda
expect '^listed, .*Failed to load shared library' empty cuda fatal
expect '^not listed, .*backend not found' empty coreml
