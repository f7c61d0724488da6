import { openSession, type Session } from "../session.js";
import { workerEntry } from "../worker-pool.js";
import { type CarriedTensors, carry, type SessionTask, unpack } from "./carried-tensors.js";

let session: Promise<Session> | undefined;

export default workerEntry(async ({ model, threads, inputs }: SessionTask): Promise<CarriedTensors> => {
  session ??= openSession(model, threads);
  const opened = await session;
  const outputs = await opened.run(unpack(inputs));
  return carry(outputs);
});
