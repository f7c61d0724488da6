import { arch, cpus, platform, totalmem } from "node:os";

/** What a figure was measured on. */
export function describeMachine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${processors.length} × ${processors[0].model.trim()}, ${memory} GiB, ${platform()} ${arch()}, Node ${process.versions.node}`;
}
