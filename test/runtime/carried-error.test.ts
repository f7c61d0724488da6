import test from "ava";
import * as errors from "../../src/errors.js";
import { packError, unpackError } from "../../src/runtime/carried-error.js";

const carry = (error: Error) => unpackError(structuredClone(packError(error)));

test("an error of ours keeps its class, its words and its place between threads", (t) => {
  const { CrisscrossError, IndexError, ModelError, OptionError, OutputError, TrainingError } = errors;
  for (const Kind of [CrisscrossError, IndexError, ModelError, OptionError, OutputError, TrainingError]) {
    const carried = carry(new Kind("It is wrong.", { advice: "Mend it." }));
    t.is(carried.constructor, Kind);
    t.is(carried.message, "It is wrong. Mend it.");
  }
  const carried = carry(new errors.InputError({ path: "a.txt", line: 3 }, "is wrong."));
  t.true(carried instanceof errors.InputError);
  t.like(carried, { message: "a.txt, line 3: is wrong.", place: { path: "a.txt", line: 3 } });
});

test("whether the system is to blame for an input is still known", (t) => {
  const cause = Object.assign(new Error("EIO: i/o error, read"), { code: "EIO", syscall: "read" });
  const ofTheSystem = carry(new errors.InputError({ path: "a" }, "cannot be read.", { cause }));
  t.like(ofTheSystem, { isOfTheSystem: true, cause: { code: "EIO", syscall: "read" } });
  t.like(carry(new errors.InputError({ path: "a" }, "is cut short.")), { isOfTheSystem: false });
});
