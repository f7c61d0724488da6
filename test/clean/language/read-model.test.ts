import test from "ava";
import { readModel } from "../../../src/clean/language/fasttext/read-model.js";
import { ModelError } from "../../../src/errors.js";

test("what is no model of fastText is refused by its first bytes", (t) => {
  t.throws(() => readModel(Buffer.from("\x80\x02}q\x00 a pickle"), "lid.ftz"), {
    instanceOf: ModelError,
    message: "lid.ftz: is not a fastText model of version 12.",
  });
});
