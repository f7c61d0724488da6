/** What a graph tells while it is built or searched. */
export interface GraphOptions {
  signal?: AbortSignal;
  /** Called with the number of rows done. */
  onProgress?: (done: number) => void;
}
