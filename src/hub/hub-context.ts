import { setTimeout } from "node:timers/promises";
import type { Remark } from "../wording.js";
import { type HubSettings, readHubSettings } from "./settings.js";

/** What is told while files are fetched. */
export type HubEvent =
  | { kind: "progress"; stage: string; done: number; total: number; unit: string; detail: string }
  | Remark;

export interface HubListeners {
  signal?: AbortSignal;
  onEvent?: (event: HubEvent) => void;
}

/** The hub to ask, how long to wait, and whom to tell. */
export interface HubContext {
  settings: HubSettings;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** A connection that brings no byte for this long is given up. */
  stallMs: number;
  signal?: AbortSignal;
  tell(event: HubEvent): void;
}

const STALL_MS = 60_000;

/** @throws OptionError if the environment's settings cannot be used */
export function openHub({ signal, onEvent = () => {} }: HubListeners = {}): HubContext {
  return {
    settings: readHubSettings(),
    wait: async (ms, signal) => {
      await setTimeout(ms, undefined, { signal });
    },
    stallMs: STALL_MS,
    signal,
    tell: onEvent,
  };
}

/** Aborts when one of them does. */
export function eitherSignal(one: AbortSignal, other?: AbortSignal): AbortSignal {
  return other ? AbortSignal.any([one, other]) : one;
}
