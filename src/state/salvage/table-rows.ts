import type { DatabasePages } from './database-pages.ts';

export type ColumnValue = number | string | Uint8Array | null;

export interface FoundRow {
  rowid: number;
  columns: ColumnValue[];
}

const tableLeaf = 13;

/**
 * The rows of a page that is a leaf of some table, in order. Only their shape shows which table it is. Any other page has none. A row that cannot be read is
 * `undefined`.
 */
export function rowsOfPage(pages: DatabasePages, number: number): (FoundRow | undefined)[] {
  const page = pages.read(number);
  const header = number === 1 ? 100 : 0;
  if (page?.[header] !== tableLeaf) return [];
  const cells = page.readUInt16BE(header + 3);
  const pointers = header + 8;
  if (pointers + cells * 2 > page.length) return [];
  return Array.from({ length: cells }, (_, index) => {
    try {
      return readCell(pages, page, page.readUInt16BE(pointers + index * 2));
    } catch (error) {
      // It read beyond the end: the lengths in the page are wrong.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  });
}

/** Free pages, which still have their old content. None if the list of them is not as long as it says. */
export function freePages(pages: DatabasePages): Set<number> {
  const free = new Set<number>();
  const first = pages.read(1);
  let trunk = first?.readUInt32BE(32) ?? 0;
  while (trunk !== 0 && !free.has(trunk)) {
    free.add(trunk);
    const page = pages.read(trunk);
    if (page === undefined) break;
    const leaves = Math.min(page.readUInt32BE(4), Math.floor(page.length / 4) - 2);
    for (let index = 0; index < leaves; index += 1) free.add(page.readUInt32BE(8 + index * 4));
    trunk = page.readUInt32BE(0);
  }
  return free.size === first?.readUInt32BE(36) ? free : new Set();
}

function readCell(pages: DatabasePages, page: Buffer, offset: number): FoundRow {
  const length = readVarint(page, offset);
  const rowid = readVarint(page, length.next);
  const usable = pages.size - pages.reserved;
  const local = localBytes(length.value, usable);
  if (rowid.next + local > page.length || length.value > pages.count * pages.size) throw new RangeError('a row reaches beyond its page');
  const parts = [page.subarray(rowid.next, rowid.next + local)];
  let missing = length.value - local;
  let overflow = missing > 0 ? page.readUInt32BE(rowid.next + local) : 0;
  const seen = new Set<number>();
  while (missing > 0) {
    const next = overflow === 0 || seen.has(overflow) ? undefined : pages.read(overflow);
    if (next === undefined) throw new RangeError('the rest of a row is missing');
    const part = next.subarray(4, Math.min(usable, 4 + missing));
    parts.push(part);
    seen.add(overflow);
    missing -= part.length;
    overflow = next.readUInt32BE(0);
  }
  return { rowid: rowid.value, columns: readRecord(parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)) };
}

/** How much of a row of this length is in the page itself. */
function localBytes(length: number, usable: number): number {
  const most = usable - 35;
  if (length <= most) return length;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((length - least) % (usable - 4));
  return fitting <= most ? fitting : least;
}

function readRecord(record: Buffer): ColumnValue[] {
  const header = readVarint(record, 0);
  const columns: ColumnValue[] = [];
  let place = header.value;
  for (let at = header.next; at < header.value;) {
    const type = readVarint(record, at);
    at = type.next;
    const length = columnBytes(type.value);
    if (place + length > record.length) throw new RangeError('a column reaches beyond its row');
    columns.push(readColumn(record.subarray(place, place + length), type.value));
    place += length;
  }
  return columns;
}

const numberBytes = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0] as const;

function columnBytes(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  const bytes = numberBytes[type];
  if (bytes === undefined) throw new RangeError('a column of no known type');
  return bytes;
}

function readColumn(bytes: Buffer, type: number): ColumnValue {
  if (type >= 12) return type % 2 === 0 ? bytes : bytes.toString('utf8');
  if (type === 0) return null;
  if (type === 7) return bytes.readDoubleBE(0);
  if (type === 6) return Number(bytes.readBigInt64BE(0));
  return type >= 8 ? type - 8 : bytes.readIntBE(0, bytes.length);
}

/** Seven bits a byte, at most nine bytes, of which the last one has eight. */
function readVarint(bytes: Buffer, offset: number): { value: number; next: number } {
  let value = 0;
  for (let index = 0; ; index += 1) {
    const byte = bytes.readUInt8(offset + index);
    if (index === 8) return { value: value * 256 + byte, next: offset + 9 };
    value = value * 128 + (byte & 127);
    if (byte < 128) return { value, next: offset + index + 1 };
  }
}
