import test from "ava";
import { threadsWorth } from "../../../src/search/threads/team.js";

test("the more there is to multiply, the more threads are started; one alone for ten times as much as one of several", (t) => {
  for (const [multiplications, wanted, threads] of [
    [1e9, 2, 0],
    [5e10, 2, 0],
    [6e10, 2, 2],
    [1e11, 8, 3],
    [1e15, 8, 8],
    [2e11, 1, 0],
    [3e11, 1, 1],
    [1e15, 0, 0],
  ])
    t.is(threadsWorth(multiplications, wanted), threads, `${multiplications}, ${wanted} wanted`);
});
