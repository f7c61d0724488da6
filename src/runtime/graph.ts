import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** Element types of ONNX tensors, by their numbers in `TensorProto.DataType`. */
export const ELEMENT = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float64: 11 } as const;
export type ElementType = keyof typeof ELEMENT;

/** A dimension is a number, or a name where it is known only when the graph runs. */
export type Shape = readonly (number | string)[];

export interface TensorSpec {
  name: string;
  type: ElementType;
  shape: Shape;
}

/** One operation: what it is called, what it reads, what it writes. */
export interface GraphNode {
  operator: string;
  /** Whose operator it is, where it is not ONNX's own; ONNX Runtime has some for the processor's 8-bit products. */
  domain?: typeof MICROSOFT;
  inputs: readonly string[];
  outputs: readonly string[];
  /** Whole numbers. */
  attributes?: Readonly<Record<string, number>>;
  /** Attributes that ONNX defines as float; lists and texts are not needed so far. */
  floats?: Readonly<Record<string, number>>;
}

/** 1-dimensional: whole numbers (axes, shapes, counts) or floats. */
export type GraphConstant = { name: string } & (
  | { int64: readonly number[] }
  | { float32: readonly number[] }
);

export interface Graph {
  inputs: readonly TensorSpec[];
  outputs: readonly TensorSpec[];
  nodes: readonly GraphNode[];
  constants?: readonly GraphConstant[];
}

export const MICROSOFT = "com.microsoft";

const IR_VERSION = 10;
const OPERATOR_SET = 21;
const MICROSOFT_OPERATOR_SET = 1;
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;

/**
 * Serialises a graph as an ONNX `ModelProto`.
 *
 * Field numbers are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 */
export function encodeGraph(graph: Graph): Uint8Array {
  const model = new BinaryWriter();
  model.tag(1, WireType.Varint).int64(IR_VERSION);
  model.tag(2, WireType.LengthDelimited).string("crisscross");
  message(model, 7, (body) => writeGraph(body, graph));
  message(model, 8, (body) => body.tag(2, WireType.Varint).int64(OPERATOR_SET));
  message(model, 8, (body) => {
    body.tag(1, WireType.LengthDelimited).string(MICROSOFT);
    body.tag(2, WireType.Varint).int64(MICROSOFT_OPERATOR_SET);
  });
  return model.finish();
}

function writeGraph(writer: BinaryWriter, graph: Graph): void {
  for (const node of graph.nodes) message(writer, 1, (body) => writeNode(body, node));
  writer.tag(2, WireType.LengthDelimited).string("graph");
  for (const constant of graph.constants ?? []) message(writer, 5, (body) => writeConstant(body, constant));
  for (const input of graph.inputs) message(writer, 11, (body) => writeTensorSpec(body, input));
  for (const output of graph.outputs) message(writer, 12, (body) => writeTensorSpec(body, output));
}

function writeNode(writer: BinaryWriter, node: GraphNode): void {
  for (const input of node.inputs) writer.tag(1, WireType.LengthDelimited).string(input);
  for (const output of node.outputs) writer.tag(2, WireType.LengthDelimited).string(output);
  writer.tag(4, WireType.LengthDelimited).string(node.operator);
  if (node.domain) writer.tag(7, WireType.LengthDelimited).string(node.domain);
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    writeAttribute(writer, name, ATTRIBUTE_INT, (body) => body.tag(3, WireType.Varint).int64(value));
  }
  for (const [name, value] of Object.entries(node.floats ?? {})) {
    writeAttribute(writer, name, ATTRIBUTE_FLOAT, (body) => body.tag(2, WireType.Bit32).float(value));
  }
}

function writeAttribute(
  writer: BinaryWriter,
  name: string,
  kind: number,
  writeValue: (body: BinaryWriter) => void,
): void {
  message(writer, 5, (body) => {
    body.tag(1, WireType.LengthDelimited).string(name);
    writeValue(body);
    body.tag(20, WireType.Varint).int32(kind);
  });
}

function writeConstant(writer: BinaryWriter, constant: GraphConstant): void {
  const whole = "int64" in constant;
  writer.tag(1, WireType.Varint).int64(whole ? constant.int64.length : constant.float32.length);
  writer.tag(2, WireType.Varint).int32(whole ? ELEMENT.int64 : ELEMENT.float32);
  if (whole) for (const value of constant.int64) writer.tag(7, WireType.Varint).int64(value);
  else for (const value of constant.float32) writer.tag(4, WireType.Bit32).float(value);
  writer.tag(8, WireType.LengthDelimited).string(constant.name);
}

function writeTensorSpec(writer: BinaryWriter, { name, type, shape }: TensorSpec): void {
  writer.tag(1, WireType.LengthDelimited).string(name);
  message(writer, 2, (typeProto) =>
    message(typeProto, 1, (tensor) => {
      tensor.tag(1, WireType.Varint).int32(ELEMENT[type]);
      message(tensor, 2, (shapeProto) => {
        for (const dimension of shape) message(shapeProto, 1, (body) => writeDimension(body, dimension));
      });
    }),
  );
}

function writeDimension(writer: BinaryWriter, dimension: number | string): void {
  if (typeof dimension === "number") writer.tag(1, WireType.Varint).int64(dimension);
  else writer.tag(2, WireType.LengthDelimited).string(dimension);
}

function message(writer: BinaryWriter, field: number, write: (body: BinaryWriter) => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}
