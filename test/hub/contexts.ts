import type { ExecutionContext } from "ava";
import type { HubContext, HubEvent } from "../../src/hub/hub-context.js";
import { temporaryFolder } from "../temporary-folder.js";
import { HubServer } from "./hub-server.js";

/** Someone who fetches, whose waits take no time and are kept. */
export interface TestContext extends HubContext {
  waits: number[];
  events: HubEvent[];
}

/** A server of the test's own. */
export async function startServer(t: ExecutionContext): Promise<HubServer> {
  const server = await HubServer.start();
  t.teardown(() => server.close());
  return server;
}

export function contextFor(
  t: ExecutionContext,
  { endpoint }: { endpoint: string },
  settings: Partial<HubContext["settings"]> = {},
): TestContext {
  const waits: number[] = [];
  const events: HubEvent[] = [];
  return {
    settings: { endpoint, cache: temporaryFolder(t), offline: false, ...settings },
    wait: async (ms) => {
      waits.push(ms);
    },
    stallMs: 30_000,
    tell: (event) => events.push(event),
    waits,
    events,
  };
}

export const messages = (events: readonly HubEvent[]) =>
  events.flatMap((event) => ("message" in event ? [event.message] : []));
