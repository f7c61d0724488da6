/** What a model can run on, by the names of ONNX Runtime's execution providers. */
export const DEVICES = ["cpu", "cuda", "dml", "coreml", "webgpu"] as const;

/** One of {@link DEVICES}. */
export type Device = (typeof DEVICES)[number];
