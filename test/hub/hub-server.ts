import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/** A request as the server saw it. */
export interface Seen {
  /** `hub`, or the host that large files are given by. */
  host: "hub" | "cdn";
  path: string;
  range?: string;
  authorization?: string;
}

export interface Repository {
  commit: string;
  files: Record<string, Buffer>;
  /** Files that Git only points to. */
  large: ReadonlySet<string>;
  /** Branches and tags. */
  revisions: Record<string, string>;
  /** Whether only this token gives its files. */
  gatedFor?: string;
}

/** Answers in the server's place; false lets the server do it. */
export type Fault = (seen: Seen, response: ServerResponse) => boolean;

export const sha256 = (content: Buffer) => createHash("sha256").update(content).digest("hex");
export const gitHash = (content: Buffer) =>
  createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");

/**
 * A server that speaks the hub's protocol: revisions, file listings in pages, and files, large ones by a redirect to
 * another host name, in ranges.
 */
export class HubServer {
  readonly seen: Seen[] = [];
  fault: Fault = () => false;
  /** The same of one repository. */
  readonly faults = new Map<string, Fault>();
  /** Files a page of a listing. */
  page = 1000;
  private readonly repositories = new Map<string, Repository>();
  private readonly hub = createServer((request, response) => this.answer("hub", request, response));
  private readonly cdn = createServer((request, response) => this.answer("cdn", request, response));

  static async start(): Promise<HubServer> {
    const server = new HubServer();
    await Promise.all([listen(server.hub, "127.0.0.1"), listen(server.cdn, "localhost")]);
    return server;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${portOf(this.hub)}`;
  }

  async close(): Promise<void> {
    await Promise.all(
      [this.hub, this.cdn].map((server) => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      }),
    );
  }

  add(name: string, files: Record<string, Buffer | string>, more: Partial<Repository> = {}): Repository {
    const contents = Object.fromEntries(
      Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]),
    );
    const commit = more.commit ?? gitHash(Buffer.from(name + Object.keys(files)));
    const repository = {
      files: contents,
      large: new Set(Object.keys(files).filter((path) => /onnx|safetensors/.test(path))),
      revisions: { main: commit },
      ...more,
      commit,
    };
    this.repositories.set(name, repository);
    return repository;
  }

  /** Adds a repository with the files of a folder. */
  addFolder(name: string, folder: string, more: Partial<Repository> = {}): Repository {
    return this.add(name, filesOf(folder), more);
  }

  /** What was asked of a repository. */
  seenOf(repository: string): Seen[] {
    return this.seen.filter(({ path }) => path.includes(`/${repository}/`));
  }

  /** How often a file was asked for. */
  sent(path: string): number {
    return this.seen.filter((seen) => seen.path.endsWith(`/${path}`)).length;
  }

  private answer(host: Seen["host"], request: IncomingMessage, response: ServerResponse): void {
    const { range, authorization } = request.headers;
    const { pathname, searchParams } = new URL(request.url!, this.endpoint);
    const seen = { host, path: decodeURIComponent(pathname), range, authorization };
    this.seen.push(seen);
    const faults = [
      this.fault,
      ...[...this.faults].filter(([name]) => seen.path.includes(`/${name}/`)).map(([, fault]) => fault),
    ];
    if (faults.some((fault) => fault(seen, response))) return;
    const [, name, what, rest] =
      /^(?:\/api\/models)?\/([^/]+\/[^/]+)\/(revision|tree|resolve|cdn)\/(.*)$/.exec(seen.path) ?? [];
    const repository = this.repositories.get(name);
    const path = rest?.slice(rest.indexOf("/") + 1);
    if (!repository) refuse(response, 401, "RepoNotFound");
    else if (what === "revision") sendRevision(repository, name, rest, response);
    else if (what === "tree")
      this.sendTree(repository, name, Number(searchParams.get("cursor") ?? 0), response);
    else if (!repository.files[path]) refuse(response, 404, "EntryNotFound");
    else if (what === "cdn") {
      const content = repository.files[path];
      sendFile(response, content, range, { etag: `"${sha256(content)}"` });
    } else this.resolve(repository, { name, path }, seen, response);
  }

  private resolve(
    { files, large, commit, gatedFor }: Repository,
    { name, path }: { name: string; path: string },
    { authorization, range }: Seen,
    response: ServerResponse,
  ): void {
    const content = files[path];
    const headers = { "x-repo-commit": commit };
    if (gatedFor && authorization !== `Bearer ${gatedFor}`)
      refuse(response, authorization ? 403 : 401, "GatedRepo");
    else if (large.has(path)) {
      response.writeHead(302, {
        ...headers,
        location: `http://localhost:${portOf(this.cdn)}/${name}/cdn/x/${path}`,
        "x-linked-etag": `"${sha256(content)}"`,
        "x-linked-size": content.length,
      });
      response.end();
    } else sendFile(response, content, range, { ...headers, etag: `"${gitHash(content)}"` });
  }

  private sendTree(
    { files, large, commit }: Repository,
    name: string,
    from: number,
    response: ServerResponse,
  ): void {
    const entries = Object.entries(files).map(([path, content]) => ({
      type: "file",
      path,
      // Of a large file, the hub gives the hash of what Git holds in its place.
      oid: gitHash(large.has(path) ? Buffer.from(`pointer ${path}`) : content),
      size: content.length,
      ...(large.has(path) && { lfs: { oid: sha256(content), size: content.length, pointerSize: 130 } }),
    }));
    const end = from + this.page;
    if (end < entries.length)
      response.setHeader(
        "link",
        `<${this.endpoint}/api/models/${name}/tree/${commit}?recursive=true&cursor=${end}>; rel="next"`,
      );
    sendJson(response, [
      ...(from === 0 ? [{ type: "directory", path: "onnx", oid: commit, size: 0 }] : []),
      ...entries.slice(from, end),
    ]);
  }
}

function sendRevision(
  { revisions, commit, files }: Repository,
  id: string,
  revision: string,
  response: ServerResponse,
): void {
  const sha = revisions[revision] ?? (revision === commit ? commit : undefined);
  if (sha) sendJson(response, { id, sha, siblings: Object.keys(files).map((rfilename) => ({ rfilename })) });
  else refuse(response, 404, "RevisionNotFound");
}

export function filesOf(folder: string): Record<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name))]));
}

export function refuse(response: ServerResponse, status: number, code?: string, headers = {}): void {
  response.writeHead(status, { ...(code && { "x-error-code": code }), ...headers });
  response.end("refused");
}

export function sendFile(
  response: ServerResponse,
  content: Buffer,
  range: string | undefined,
  headers: Record<string, string> = {},
): void {
  const [, first] = /^bytes=(\d+)-$/.exec(range ?? "") ?? [];
  const start = Number(first ?? 0);
  if (start > 0 && start >= content.length) {
    response.writeHead(416, { "content-range": `bytes */${content.length}` });
    response.end();
    return;
  }
  response.writeHead(first === undefined ? 200 : 206, {
    ...headers,
    "content-length": content.length - start,
    ...(first !== undefined && { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` }),
  });
  response.end(content.subarray(start));
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

const listen = (server: Server, host: string) =>
  new Promise<void>((resolve) => server.listen(0, host, resolve));
const portOf = (server: Server) => (server.address() as AddressInfo).port;
