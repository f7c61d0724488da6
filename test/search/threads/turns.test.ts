import test from "ava";
import { freePart, freeParts, inTurn, takenParts } from "../../../src/search/threads/turns.js";

test("each part comes once, from the start on and around", (t) => {
  t.deepEqual([...inTurn(freeParts(4), 0)], [0, 1, 2, 3]);
  t.deepEqual([...inTurn(freeParts(4), 0.5)], [2, 3, 0, 1]);
  t.deepEqual([...inTurn(freeParts(0), 0.5)], []);
});

test("a part that another has is passed over until it is free", (t) => {
  const marks = freeParts(3);
  const [one, other] = [inTurn(marks, 0), inTurn(marks, 0)];
  t.is(one.next().value, 0);
  t.is(other.next().value, 1);
  t.is(one.next().value, 2);
  t.is(other.next().value, 0);
  other.return(undefined);
  t.is(one.next().value, 1);
  t.true(one.next().done);
});

test("a part whose work fails is free again", (t) => {
  const marks = freeParts(1);
  t.throws(() => {
    for (const _ of inTurn(marks, 0)) throw new Error("broken");
  });
  t.deepEqual([...inTurn(marks, 0)], [0]);
});

test("parts that are not there yet are taken once they are", (t) => {
  const marks = takenParts(2);
  freePart(marks, 1);
  const parts = inTurn(marks, 0);
  t.is(parts.next().value, 1);
  freePart(marks, 0);
  t.is(parts.next().value, 0);
  t.true(parts.next().done);
});
