/** A module for `--import`: the program goes on until ONNX Runtime's uploader would have asked for its host. */
const UPLOADS_AFTER_MS = 10_000;

setTimeout(() => {}, 1.2 * UPLOADS_AFTER_MS);
