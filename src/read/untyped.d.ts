// The parts that we use of packages without types.

declare module "lzma-native" {
  import type { Duplex } from "node:stream";

  const lzma: {
    CONCATENATED: number;
    createStream(coder: "streamDecoder", options: { flags: number }): Duplex;
    compress(data: Uint8Array | string): Promise<Buffer>;
  };
  export default lzma;
}

declare module "unbzip2-stream" {
  interface OldStream {
    on(event: "data", listener: (part: Buffer) => void): void;
    on(event: "error", listener: (error: Error) => void): void;
    write(piece: Buffer): void;
    end(): void;
    destroy(): void;
  }
  export default function unbzip2(): OldStream;
}
