import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { env, InferenceSession, listSupportedBackends, type OnnxValue, Tensor } from "onnxruntime-node";
import { type ErrorWording, ModelError } from "../errors.js";
import { checkModelFile } from "../store/files/unreadable.js";
import type { Device } from "../types/device.js";
import { explainDevice } from "./explain-device.js";
import { keepFreedMemory } from "./keep-memory.js";
import { turnTelemetryOff } from "./telemetry.js";

export { type OnnxValue, Tensor };
export type Tensors = Readonly<Record<string, OnnxValue>>;

/** A model that is ready to run. */
export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** The element type of an input, such as `int64`. */
  inputType(name: string): string | undefined;
  /** @param outputs tensors that the results are written into; all of them, or new ones are made */
  run(inputs: Tensors, outputs?: Tensors): Promise<Tensors>;
  close(): Promise<void>;
}

/**
 * Opens a model.
 *
 * @param model the path of an ONNX file (its external data beside it), or a serialised graph
 * @param threads how many threads one operation may use; as many as the machine has by default
 * @param device what it runs on; operators that the device lacks run on the CPU
 * @throws ModelError if the runtime does not accept the model, or cannot run it there
 */
export async function openSession(
  model: string | Uint8Array,
  threads = availableParallelism(),
  device: Device = "cpu",
): Promise<Session> {
  const options: InferenceSession.SessionOptions = {
    executionProviders: [device],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    // A failure is thrown, and explained in our words.
    logSeverityLevel: 4,
    extra: {
      // Between runs no thread spins on a core while it waits for the next.
      session: { force_spinning_stop: "1" },
      // The CPU's SkipLayerNormalization takes many times what it takes to add and then to normalise.
      optimization: device === "cpu" ? { disable_specified_optimizers: "SkipLayerNormFusion" } : {},
    },
  };
  if (typeof model === "string") {
    checkModelFile(model);
    if (statSync(model).size === 0)
      throw new ModelError(`${model}: is empty; expected an ONNX model.`, { advice: FETCH });
  }
  await turnTelemetryOff();
  keepFreedMemory();
  // Of a provider that cannot be loaded, whatever the session's own level is.
  env.logLevel = "fatal";
  try {
    const session =
      typeof model === "string"
        ? await InferenceSession.create(model, options)
        : await InferenceSession.create(model, options);
    return {
      inputNames: session.inputNames,
      outputNames: session.outputNames,
      inputType: (name) => {
        const found = session.inputMetadata.find((input) => input.name === name);
        return found?.isTensor ? found.type : undefined;
      },
      run: (inputs, outputs) => (outputs ? session.run(inputs, outputs) : session.run(inputs)),
      close: () => session.release(),
    };
  } catch (cause) {
    const what = typeof model === "string" ? model : "A built graph";
    const message = firstLine(cause);
    const backends = listSupportedBackends().map(({ name }) => name);
    const { problem, advice } = explainDevice(device, backends, message) ?? explainOpening(message);
    throw new ModelError(`${what}: ${problem}`, { advice, cause });
  }
}

const FETCH = "Fetch or export it again.";

/** ONNX Runtime's words for what is wrong with a model's files, and ours. */
const FAULTS: { theirs: RegExp; ours: (match: RegExpExecArray) => ErrorWording }[] = [
  {
    theirs: /Protobuf parsing failed/,
    ours: () => ({ problem: "is cut short, or not an ONNX model.", advice: FETCH }),
  },
  {
    theirs: /External data path does not exist: "(.*)"/,
    ours: ([, path]) => ({
      problem: `its weights are in another file, ${path}, which is missing.`,
      advice: "Put it beside the model.",
    }),
  },
  {
    theirs: /External initializer.*(?:out of bounds|can not be read in full)/,
    ours: () => ({
      problem: "its weights are in another file, which is cut short.",
      advice: "Fetch it again.",
    }),
  },
];

function explainOpening(message: string): ErrorWording {
  for (const { theirs, ours } of FAULTS) {
    const match = theirs.exec(message);
    if (match) return ours(match);
  }
  return { problem: `ONNX Runtime cannot open it as a model: ${message.replace(/[.:\s]*$/, "")}.` };
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n", 1)[0].trim();
}
