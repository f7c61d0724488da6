import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import test from "ava";
import { findExternalData } from "../../src/runtime/external-data.js";
import { temporaryFolder } from "../temporary-folder.js";

/** A message with one field, by its number in onnx.proto. */
const message = (field: number, content: Uint8Array) =>
  new BinaryWriter().tag(field, WireType.LengthDelimited).bytes(content).finish();

/** A TensorProto whose numbers are in another file: external_data is 13, a key 1, a value 2. */
const tensorIn = (location: string) =>
  message(
    13,
    new BinaryWriter()
      .tag(1, WireType.LengthDelimited)
      .string("location")
      .tag(2, WireType.LengthDelimited)
      .string(location)
      .finish(),
  );

test("weights in other files are those of initialisers and of constants", (t) => {
  const path = join(temporaryFolder(t), "model.onnx");
  // graph 7; its node 1, of that the attribute 5, of that the tensor 5; its initializer 5.
  const node = message(1, message(5, message(5, tensorIn("Constant_7_attr__value"))));
  const initializer = message(5, tensorIn("model.onnx_data"));
  writeFileSync(path, message(7, Buffer.concat([node, initializer])));
  t.deepEqual(findExternalData(path).sort(), [
    join(path, "../Constant_7_attr__value"),
    join(path, "../model.onnx_data"),
  ]);
});
