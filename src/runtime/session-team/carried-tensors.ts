import { Tensor, type Tensors } from "../session.js";

/** Tensors on their way between threads, which would lose their class. */
export type CarriedTensors = readonly (Pick<Tensor, "type" | "data" | "dims"> & { name: string })[];

/** One run of a model. */
export interface SessionTask {
  /** The path of an ONNX file. */
  model: string;
  threads: number;
  inputs: CarriedTensors;
}

export function carry(tensors: Tensors): CarriedTensors {
  return Object.entries(tensors).map(([name, tensor]) => {
    const { type, data, dims } = tensor as Tensor;
    return { name, type, data, dims };
  });
}

export function unpack(carried: CarriedTensors): Tensors {
  return Object.fromEntries(
    carried.map(({ name, type, data, dims }) => [name, new Tensor(type, data, dims)]),
  );
}
