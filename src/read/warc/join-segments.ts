import { MAX_BLOCK_BYTES, type WebRecord } from "./web-record.js";

/**
 * The same records, those whose segments follow in this file as one (ISO 28500:2017, section 7). One whose next segment
 * does not come, since writers put it into their next file, is marked as cut; what goes on with a record that is not
 * here stays by itself. Costs the memory of a block.
 */
export async function* joinSegments(records: AsyncIterable<WebRecord>): AsyncGenerator<WebRecord> {
  let begun: WebRecord | undefined;
  for await (const record of records) {
    if (begun && isNext(record, begun)) {
      begun = append(begun, record);
      if (begun.segment) continue;
      yield begun;
      begun = undefined;
    } else if (record.segment?.number === 1 && !isLast(record)) {
      if (begun) yield cutShort(begun);
      begun = record;
    } else {
      // Requests and metadata may stand between segments; they hold no page.
      if (begun && isPage(record)) {
        yield cutShort(begun);
        begun = undefined;
      }
      yield record;
    }
  }
  if (begun) yield cutShort(begun);
}

function isNext({ segment }: WebRecord, begun: WebRecord): boolean {
  return (
    segment?.origin !== undefined &&
    segment.origin === begun.id &&
    segment.number === (begun.segment?.number ?? 0) + 1
  );
}

/** The last segment of a record tells the bytes of all. */
function isLast({ segment }: WebRecord): boolean {
  return segment?.total !== undefined;
}

function isPage({ type, segment }: WebRecord): boolean {
  return segment !== undefined || ["response", "resource", "conversion"].includes(type);
}

function append(begun: WebRecord, next: WebRecord): WebRecord {
  const length = begun.length + next.length;
  const isHeld = length <= MAX_BLOCK_BYTES;
  const total = next.segment?.total;
  return {
    ...begun,
    block: isHeld ? Buffer.concat([begun.block, next.block]) : begun.block,
    length,
    cut: begun.cut || next.cut || (total !== undefined && total !== length),
    segment: total === undefined ? next.segment : undefined,
  };
}

function cutShort(record: WebRecord): WebRecord {
  return { ...record, cut: true };
}
