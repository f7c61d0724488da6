import test from "ava";
import { listSupportedBackends } from "onnxruntime-node";
import { ModelError } from "../../src/errors.js";
import { explainDevice } from "../../src/runtime/explain-device.js";
import { encodeGraph } from "../../src/runtime/graph.js";
import { openSession } from "../../src/runtime/session.js";
import { DEVICES } from "../../src/types/device.js";

const IDENTITY = encodeGraph({
  inputs: [{ name: "x", type: "float32", shape: ["n"] }],
  nodes: [{ operator: "Identity", inputs: ["x"], outputs: ["y"] }],
  outputs: [{ name: "y", type: "float32", shape: ["n"] }],
});

const backends: string[] = listSupportedBackends().map(({ name }) => name);

test("a device that the machine's runtime has not is refused with those that it has", async (t) => {
  const absent = DEVICES.filter((device) => !backends.includes(device));
  t.true(absent.length > 0);
  for (const device of absent) {
    const error = await t.throwsAsync(openSession(IDENTITY, 1, device), { instanceOf: ModelError });
    t.is(
      error.message,
      `A built graph: cannot run on ${device}: this machine's ONNX Runtime offers ${DEVICES.filter((name) => backends.includes(name)).join(", ")}. Name one of these as the device.`,
    );
  }
});

test("a device whose libraries or card are missing is refused with what to install", (t) => {
  for (const { device, message, expected } of [
    {
      device: "cuda",
      message: "OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library",
      expected: { problem: /cannot run on cuda: its libraries/, advice: /ONNXRUNTIME_NODE_INSTALL.*CUDA 12/ },
    },
    {
      device: "webgpu",
      message: "adapter_result.status was false. Failed to get a WebGPU adapter: No supported adapters",
      expected: { problem: /cannot run on webgpu: it finds no graphics card/, advice: /driver/ },
    },
  ] as const) {
    const explained = explainDevice(device, DEVICES, message);
    t.regex(String(explained!.problem), expected.problem);
    t.regex(String(explained!.advice), expected.advice);
  }
});

test("what is wrong with a model is told as such on every device", (t) => {
  for (const device of DEVICES) t.is(explainDevice(device, DEVICES, "Protobuf parsing failed."), undefined);
});
