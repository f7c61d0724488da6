import test from "ava";
import { firstError } from "../../cli/first-error.js";
import { InputError } from "../../src/errors.js";

const broken = new InputError({ path: "news.de" }, "is cut short.");

async function failTwice(): Promise<void> {
  const fails = (name: string) => ({
    [Symbol.asyncDispose]: async () => {
      throw new Error(`${name} cannot be closed`);
    },
  });
  await using _output = fails("the output");
  await using _input = fails("the input");
  throw broken;
}

test("what went wrong first is told, not what failed when files were closed after it", async (t) => {
  const thrown = await t.throwsAsync(failTwice());
  t.not(thrown, broken);
  t.is(firstError(thrown), broken);
});

test("an error that came alone is told as it is", (t) => {
  t.is(firstError(broken), broken);
  t.is(firstError("no error object"), "no error object");
});
