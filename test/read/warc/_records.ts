/** A record of a WARC, its lines ended by CRLF unless told otherwise. */
export function warcRecord(
  block: string | Buffer,
  fields: Record<string, string | undefined> = {},
  end = "\r\n",
): Buffer {
  const bytes = Buffer.from(block);
  const all = {
    "WARC-Type": "conversion",
    "Content-Type": "text/plain",
    "Content-Length": `${bytes.length}`,
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  const head = ["WARC/1.0", ...lines, "", ""].join(end);
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(end + end)]);
}

/** A response of HTTP in a record of a WARC. */
export function responseRecord(body: string | Buffer, head: string, url = "http://example.org/"): Buffer {
  const block = Buffer.concat([Buffer.from(`${head}\r\n\r\n`), Buffer.from(body)]);
  return warcRecord(block, {
    "WARC-Type": "response",
    "WARC-Target-URI": url,
    "Content-Type": "application/http; msgtype=response",
  });
}

/** A record of an ARC 1.0. */
export function arcRecord(block: string, url = "http://example.org/", type = "text/html"): Buffer {
  return Buffer.from(`${url} 192.0.2.1 20080430204825 ${type} ${Buffer.byteLength(block)}\n${block}\n`);
}
