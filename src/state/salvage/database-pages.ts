import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The pages of a database file and its write-ahead log, read without SQLite, which refuses a damaged file as a whole. Page 1 is the first. */
export interface DatabasePages {
  /** Bytes of a page. */
  size: number;
  /** Unused bytes at the end of each page. */
  reserved: number;
  /** The number of the last page, complete or not. */
  count: number;
  /** @returns undefined if the page is missing or incomplete. */
  read(page: number): Buffer | undefined;
  close(): void;
}

const defaultPageSize = 4096;
const walHeaderBytes = 32;
const frameHeaderBytes = 24;

/** Throws what opening or reading the file throws. A damaged header is replaced by what every journal has. */
export function openDatabasePages(path: string): DatabasePages {
  const file = openSync(path, 'r');
  const log = openIfThere(`${path}-wal`);
  const header = readAt(file, 0, 100);
  const isWhole = header.length === 100 && header.toString('latin1', 0, 16) === 'SQLite format 3\0';
  const named = isWhole ? header.readUInt16BE(16) : defaultPageSize;
  const size = named === 1 ? 65_536 : isPageSize(named) ? named : defaultPageSize;
  const reserved = isWhole && (header[20] ?? 0) <= 32 ? (header[20] ?? 0) : 0;
  const newer = log === undefined ? new Map<number, number>() : committedFrames(log, size);
  return {
    size,
    reserved,
    count: Math.max(Math.ceil(fstatSync(file).size / size), ...newer.keys()),
    read(page) {
      const offset = newer.get(page);
      const bytes = offset === undefined || log === undefined ? readAt(file, (page - 1) * size, size) : readAt(log, offset, size);
      return bytes.length === size ? bytes : undefined;
    },
    close() {
      closeSync(file);
      if (log !== undefined) closeSync(log);
    },
  };
}

/** The position in the log of the newest committed version of each page. Like SQLite, it stops at the first frame that is damaged. */
function committedFrames(log: number, size: number): Map<number, number> {
  const committed = new Map<number, number>();
  const header = readAt(log, 0, walHeaderBytes);
  const magic = header.length === walHeaderBytes ? header.readUInt32BE(0) : 0;
  if ((magic & 0xff_ff_ff_fe) >>> 0 !== 0x37_7f_06_82 || header.readUInt32BE(8) !== size) return committed;
  const add = checksum(magic % 2 === 1 ? 'big endian' : 'little endian');
  add(header.subarray(0, 24));
  const pending = new Map<number, number>();
  for (let offset = walHeaderBytes; ; offset += frameHeaderBytes + size) {
    const frame = readAt(log, offset, frameHeaderBytes + size);
    if (frame.length < frameHeaderBytes + size || !frame.subarray(8, 16).equals(header.subarray(16, 24))) return committed;
    add(frame.subarray(0, 8));
    const [first, second] = add(frame.subarray(frameHeaderBytes));
    if (frame.readUInt32BE(16) !== first || frame.readUInt32BE(20) !== second) return committed;
    pending.set(frame.readUInt32BE(0), offset + frameHeaderBytes);
    if (frame.readUInt32BE(4) === 0) continue;
    for (const [page, place] of pending) committed.set(page, place);
    pending.clear();
  }
}

/** The running checksum of a write-ahead log, over an even number of 32-bit words. */
function checksum(order: 'big endian' | 'little endian'): (bytes: Buffer) => [number, number] {
  let first = 0;
  let second = 0;
  return (bytes) => {
    const read = (at: number) => (order === 'big endian' ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
    for (let at = 0; at < bytes.length; at += 8) {
      first = (first + read(at) + second) >>> 0;
      second = (second + read(at + 4) + first) >>> 0;
    }
    return [first, second];
  };
}

function isPageSize(size: number): boolean {
  return size >= 512 && (size & (size - 1)) === 0;
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined;
  }
}

function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, position));
}
