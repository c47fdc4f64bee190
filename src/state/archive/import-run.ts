import { runStream } from '../../events/run-stream.ts';
import { isDeepStrictEqual } from 'node:util';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { EventStore, Lease, NewEvent } from '../store/event-store.ts';
import { namedContents } from './run-archive.ts';
import type { ReadArchive } from './read-archive.ts';

export interface ImportRunOptions {
  store: EventStore;
  archive: ReadArchive;
  /** The importer's claim to the run's stream. */
  lease: Lease;
}

/**
 * Writes a run from an export to a journal: everything, or nothing.
 * @returns `identical` if the run is there already, event by event. Missing contents are then added.
 * @throws MultiagentError `archive.exists` if another history has the same id.
 */
export async function importRun({ store, archive, lease }: ImportRunOptions): Promise<'imported' | 'identical'> {
  const stream = runStream(archive.run);
  const standing: NewEvent[] = [];
  for await (const { stream: _stream, sequence: _sequence, position: _position, ...event } of store.read(stream)) {
    standing.push(event);
  }
  if (standing.length > 0 && !isDeepStrictEqual(standing.map(withoutPlace), archive.events.map(withoutPlace))) {
    throw new MultiagentError({
      category: 'usage',
      code: 'archive.exists',
      message: `This workspace has a run ${archive.run} already, and its history is another one. Nothing was imported.`,
      hint: `Import it into another workspace (--workspace <dir>), or remove the one that is here: multiagent rm ${archive.run}`,
    });
  }
  await keepContents(store, archive);
  if (standing.length > 0) return 'identical';
  try {
    await store.append({ stream, expectedSequence: 0, events: archive.events, durability: 'full', lease });
  } catch (error) {
    await store.releaseLease(lease);
    await store.removeStream(stream, { expectedSequence: 0 });
    throw error;
  }
  return 'imported';
}

async function keepContents(store: EventStore, { run, events, contents }: ReadArchive): Promise<void> {
  for (const sha256 of new Set(events.flatMap(namedContents))) {
    const content = contents.get(sha256);
    if (content !== undefined) await store.putContent(content, { stream: runStream(run) });
  }
}

/** An event without the folder of the run's files, which differs from place to place. */
function withoutPlace(event: NewEvent): unknown {
  return event.type === 'run.started' ? { ...event, data: { ...event.data, output: '' } } : event;
}
