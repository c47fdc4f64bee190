import { standardEvents } from '../../events/event-registry.ts';
import type { JournalEvent } from '../../events/run-stream-events.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { openDatabasePages, type DatabasePages } from './database-pages.ts';
import { decodeEvent, eventColumns, type EventRow } from '../store/event-row.ts';
import { freePages, rowsOfPage, type FoundRow } from './table-rows.ts';

export interface SalvagedStream {
  stream: string;
  /** How many of its events can be read. */
  events: number;
  /** How many are known to have existed but cannot be read. Later ones may be missing, too, without any trace. */
  lost: number;
}

export interface SalvagedJournal {
  /** Newest first, as far as their position is known. */
  streams: SalvagedStream[];
  /** Pages of the file that are missing or incomplete. */
  missingPages: number;
  /** Rows that exist but make no sense. */
  unreadableRows: number;
  /** The readable events, by stream in the order of `streams`, then by sequence, with gaps for lost ones. */
  events(stream?: string): Generator<JournalEvent, void, undefined>;
  /** Those of these contents that can still be read completely, by their hash. */
  contents(wanted: Iterable<string>): Map<string, Uint8Array>;
}

/** The position of a row. */
interface Place {
  page: number;
  /** Which row of the page. */
  row: number;
}

interface FoundEvent extends Place {
  position: number;
}

/** What is known about a stream: its events by sequence, and how many there were. */
interface FoundStream {
  events: Map<number, FoundEvent>;
  last: number;
}

/**
 * Reads what is left of a journal that SQLite no longer opens, page by page, including what was committed to its write-ahead log. It changes nothing and
 * creates no files; the journal should not be in use. If the list of free pages is damaged, too, events of removed streams may reappear.
 * @throws MultiagentError `journal.unreadable` if the file itself cannot be read.
 */
export function salvageJournal(path: string): SalvagedJournal {
  return withPages(path, (pages) => {
    const streams = new Map<string, FoundStream>();
    const find = (stream: string) => {
      const found = streams.get(stream) ?? { events: new Map(), last: 0 };
      streams.set(stream, found);
      return found;
    };
    const contents = new Map<string, Place>();
    const free = freePages(pages);
    let missingPages = 0;
    let unreadableRows = 0;
    for (let page = 1; page <= pages.count; page += 1) {
      if (free.has(page)) continue;
      if (pages.read(page) === undefined) missingPages += 1;
      for (const [row, found] of rowsOfPage(pages, page).entries()) {
        const length = streamLengthOf(found);
        if (length !== undefined) find(length.stream).last = Math.max(find(length.stream).last, length.last);
        const content = contentOf(found);
        if (content !== undefined) contents.set(hashContent(content), { page, row });
        const event = eventOf(found, path);
        if (found === undefined || event === 'unreadable') unreadableRows += 1;
        if (event === undefined || event === 'unreadable') continue;
        const stream = find(event.stream);
        stream.events.set(event.sequence, { position: event.position, page, row });
        stream.last = Math.max(stream.last, event.sequence);
      }
    }
    const newestFirst = [...streams].map(([stream, found]) => ({ stream, found, position: firstPosition(found) }));
    newestFirst.sort((a, b) => b.position - a.position);
    return {
      missingPages,
      unreadableRows,
      streams: newestFirst.map(({ stream, found }) => ({ stream, events: found.events.size, lost: found.last - found.events.size })),
      *events(stream) {
        const wanted = newestFirst.filter((candidate) => stream === undefined || candidate.stream === stream);
        for (const { found } of wanted) yield* readEvents(path, found);
      },
      contents: (wanted) => readContents(path, contents, wanted),
    };
  });
}

function* readEvents(path: string, { events }: FoundStream): Generator<JournalEvent, void, undefined> {
  const inOrder = [...events].sort(([a], [b]) => a - b);
  const pages = openPages(path);
  try {
    for (const [, { page, row }] of inOrder) {
      const event = eventOf(rowsOfPage(pages, page)[row], path);
      if (event !== undefined && event !== 'unreadable') yield event;
    }
  } finally {
    pages.close();
  }
}

function readContents(path: string, places: ReadonlyMap<string, Place>, wanted: Iterable<string>): Map<string, Uint8Array> {
  return withPages(path, (pages) => {
    const contents = new Map<string, Uint8Array>();
    for (const sha256 of wanted) {
      const place = places.get(sha256);
      const content = place === undefined ? undefined : contentOf(rowsOfPage(pages, place.page)[place.row]);
      if (content !== undefined && hashContent(content) === sha256) contents.set(sha256, content);
    }
    return contents;
  });
}

/** The content in a row of the table `content`. Its hash is not checked. */
function contentOf(row: FoundRow | undefined): Uint8Array | undefined {
  const [sha256, bytes] = row?.columns.length === 2 ? row.columns : [];
  return typeof sha256 === 'string' && bytes instanceof Uint8Array ? bytes : undefined;
}

const registry = standardEvents();

/** @returns undefined for a row of another table. */
function eventOf(row: FoundRow | undefined, path: string): JournalEvent | 'unreadable' | undefined {
  if (row === undefined || row.columns.length !== eventColumns.length) return undefined;
  const values = row.columns.with(0, row.rowid);
  try {
    return decodeEvent(Object.fromEntries(eventColumns.map((column, index) => [column, values[index]])) as EventRow, path, registry);
  } catch (error) {
    if (error instanceof MultiagentError) return 'unreadable';
    throw error;
  }
}

/** The content of a row of the table `streams`. */
function streamLengthOf(row: FoundRow | undefined): { stream: string; last: number } | undefined {
  if (row?.columns.length !== 5) return undefined;
  const [number, stream, last, firstTime, lastTime] = row.columns;
  const isStream = number === null && typeof stream === 'string' && typeof firstTime === 'number' && typeof lastTime === 'number';
  return isStream && typeof last === 'number' && Number.isSafeInteger(last) && last > 0 ? { stream, last } : undefined;
}

function firstPosition({ events }: FoundStream): number {
  let first = Infinity;
  for (const { position } of events.values()) first = Math.min(first, position);
  return first;
}

function withPages<Result>(path: string, work: (pages: DatabasePages) => Result): Result {
  const pages = openPages(path);
  try {
    return work(pages);
  } finally {
    pages.close();
  }
}

function openPages(path: string): DatabasePages {
  try {
    return openDatabasePages(path);
  } catch (error) {
    throw new MultiagentError({
      code: 'journal.unreadable',
      message: `The file ${path} cannot be read.`,
      hint: 'Check that it is there and that you may read it.',
      cause: error,
    });
  }
}
