import { runStream } from '../../events/run-stream.ts';
import type { JournalEvent } from '../../events/run-stream-events.ts';
import { unknownEventType } from '../../events/unknown-event.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { productVersion } from '../../utils/product-version.ts';
import type { EventStore } from '../store/event-store.ts';
import type { SalvagedJournal } from '../salvage/salvage-journal.ts';
import { archiveFormat, archiveVersion, namedContents, type RunArchive } from './run-archive.ts';

/**
 * The current state of a run; for a live one, what it has recorded so far. Contents that can no longer be read are named as missing.
 * @throws MultiagentError `journal.damaged` if its events cannot be read: `exportSalvaged` returns what is left of them.
 */
export async function exportRun(store: EventStore, run: string): Promise<RunArchive> {
  const events: JournalEvent[] = [];
  for await (const event of store.read(runStream(run))) events.push(event);
  const contents: Record<string, string> = {};
  const missing: string[] = [];
  for (const sha256 of new Set(events.flatMap(namedContents))) {
    const content = await contentOf(store, sha256);
    if (content === undefined) missing.push(sha256);
    else contents[sha256] = Buffer.from(content).toString('base64');
  }
  return archive({ run, events, contents, missing: { events: 0, contents: missing } });
}

/** What is left of a run in a journal that cannot be opened any more: events, and the contents of files that are still whole. */
export function exportSalvaged(salvaged: SalvagedJournal, run: string): RunArchive {
  const stream = runStream(run);
  const events = [...salvaged.events(stream)];
  const lost = salvaged.streams.find((found) => found.stream === stream)?.lost ?? 0;
  const named = new Set(events.flatMap(namedContents));
  const found = salvaged.contents(named);
  const contents = Object.fromEntries([...found].map(([sha256, content]) => [sha256, Buffer.from(content).toString('base64')]));
  return archive({ run, events, contents, missing: { events: lost, contents: [...named].filter((sha256) => !found.has(sha256)) } });
}

function archive({
  events,
  ...rest
}: Omit<RunArchive, 'format' | 'version' | 'product' | 'events'> & { events: JournalEvent[] }): RunArchive {
  return {
    format: archiveFormat,
    version: archiveVersion,
    product: productVersion(),
    ...rest,
    events: events.map(({ stream: _stream, position: _position, ...event }) => asStored(event)),
  };
}

/** An event that this program does not know is exported as it came. */
function asStored(event: Omit<JournalEvent, 'stream' | 'position'>): RunArchive['events'][number] {
  const { type, data } = event as JournalEvent;
  return type === unknownEventType ? { ...event, type: data.type, data: data.data as Record<string, unknown> } : event;
}

async function contentOf(store: EventStore, sha256: string): Promise<Uint8Array | undefined> {
  try {
    return await store.getContent(sha256);
  } catch (error) {
    if (error instanceof MultiagentError && error.code === 'journal.damaged') return undefined;
    throw error;
  }
}
