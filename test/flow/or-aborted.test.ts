import test from "ava";
import { orAborted } from "../../src/flow/or-aborted.js";
import { untilAborted } from "../../src/read/until-aborted.js";

const never = new Promise<never>(() => {});

test("orAborted gives what is waited for, or the reason of an abort that comes before it", async (t) => {
  const { signal } = new AbortController();
  t.is(await orAborted(Promise.resolve(3), signal), 3);
  const controller = new AbortController();
  const waiting = orAborted(never, controller.signal);
  controller.abort(new Error("enough"));
  await t.throwsAsync(waiting, { message: "enough" });
});

test("an abort that has been ends the waiting, too", async (t) => {
  await t.throwsAsync(orAborted(never, AbortSignal.abort(new Error("enough"))), { message: "enough" });
});

test("a stream that never ends is left where the abort came while its last chunk was worked on", async (t) => {
  const controller = new AbortController();
  async function* source() {
    yield "a chunk";
    await never;
  }
  const chunks = untilAborted(source(), controller.signal);
  t.is((await chunks.next()).value, "a chunk");
  controller.abort(new Error("enough"));
  await t.throwsAsync(chunks.next(), { message: "enough" });
});
