import type { Device } from "./device.js";

/** What a model runs on. */
export interface RunsOn {
  /** Threads of one operation. @default as many as the machine has */
  threads?: number;
  /** What runs a Transformer: `cpu`, or a GPU by one of ONNX Runtime's providers. @default "cpu" */
  device?: Device;
}
