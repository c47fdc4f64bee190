import { runStream } from '../../events/run-stream.ts';
import { z } from 'zod';
import { standardEvents } from '../../events/event-registry.ts';
import { unknownEventType } from '../../events/unknown-event.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { isRunId } from '../../utils/run-id.ts';
import { encodeEvent } from '../store/event-row.ts';
import type { NewEvent } from '../store/event-store.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { applyEvent, type RunState } from '../run/run-state.ts';
import { archiveFormat, archiveVersion, invalidArchive, namedContents, type RunArchive, runArchiveSchema } from './run-archive.ts';

export interface ReadArchive {
  run: string;
  /** The events from 1 on, up to the first gap. */
  events: NewEvent[];
  /** The state after these events. */
  state: RunState;
  /** By hash; only those that the events name. */
  contents: Map<string, Uint8Array>;
  /** Events after a gap in the file, which are left out, and contents that are not in it. */
  missing: { events: number; contents: string[] };
}

/** Names as this program makes them, because they become parts of paths. */
const workflowName = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/**
 * Checks an export, which may come from anywhere: its shape, every event against the registry, every content against its hash, and that the events are the
 * history of a run.
 * @param output Replaces the run's original folder: nobody else decides where this machine writes.
 * @throws MultiagentError `archive.invalid`, or `archive.newer` for an export of a newer program.
 */
export function readArchive(text: string, { output }: { output: string }): ReadArchive {
  const archive = parse(text);
  if (!isRunId(archive.run)) throw invalidArchive('its run has an id that no run has');
  const whole = archive.events.findIndex(({ sequence }, index) => sequence !== index + 1);
  const kept = whole === -1 ? archive.events : archive.events.slice(0, whole);
  if (kept.length === 0) throw invalidArchive('its first event is missing');
  const events = kept.map((event) => checkEvent(event, archive.run, output));
  const state = fold(events, archive.run);
  if (state.run !== archive.run) throw invalidArchive('its events are of another run');
  if (state.workflow.length > 64 || !workflowName.test(state.workflow))
    throw invalidArchive('its workflow has a name that no workflow has');
  const contents = checkContents(archive, events);
  const named = new Set(events.flatMap(namedContents));
  return {
    run: archive.run,
    events,
    state,
    contents,
    missing: {
      events: archive.events.length - kept.length + archive.missing.events,
      contents: [...named].filter((hash) => !contents.has(hash)),
    },
  };
}

function parse(text: string): RunArchive {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw invalidArchive('it is no JSON', error);
  }
  const head = z.object({ format: z.literal(archiveFormat), version: z.int() }).safeParse(json);
  if (!head.success) throw invalidArchive(`it does not say that its format is ${archiveFormat}`);
  if (head.data.version > archiveVersion) throw newerArchive(`its format has version ${head.data.version}`);
  const archive = runArchiveSchema.safeParse(json);
  if (!archive.success) {
    const [first] = archive.error.issues;
    throw invalidArchive(`${first?.path.slice(0, 3).join('.') ?? ''}: ${first?.message ?? 'wrong shape'}`, archive.error);
  }
  return archive.data;
}

const registry = standardEvents();

function checkEvent({ sequence, ...event }: RunArchive['events'][number], run: string, output: string): NewEvent {
  if (event.correlation !== run) throw invalidArchive(`event ${sequence} belongs to something else`);
  const stream = runStream(run);
  const found = registry.interpret({ stream, ...event });
  if (found.kind === 'damaged') throw invalidArchive(`event ${sequence} is none that this program knows`, found.error);
  const { type, data } = event;
  const placed =
    found.kind === 'unknown'
      ? { ...event, type: unknownEventType, data: { type, data } }
      : { ...event, version: found.version, data: type === 'run.started' ? { ...(found.data as object), output } : found.data };
  try {
    return encodeEvent(placed as NewEvent, stream, registry).event;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw invalidArchive(`event ${sequence} is none that this program knows`, error);
  }
}

function fold(events: NewEvent[], run: string): RunState {
  let state: RunState | undefined;
  try {
    for (const [index, event] of events.entries()) {
      state = applyEvent(state, {
        ...structuredClone(event),
        stream: runStream(run),
        sequence: index + 1,
        position: index + 1,
      });
    }
  } catch (error) {
    if (!(error instanceof MultiagentError)) throw error;
    throw invalidArchive(`its events are no history of a run (${error.message})`, error);
  }
  return state as RunState;
}

function checkContents(archive: RunArchive, events: NewEvent[]): Map<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  for (const sha256 of new Set(events.flatMap(namedContents))) {
    const encoded = Object.hasOwn(archive.contents, sha256) ? archive.contents[sha256] : undefined;
    if (encoded === undefined) continue;
    const content = Buffer.from(encoded, 'base64');
    if (hashContent(content) !== sha256) throw invalidArchive(`the content ${sha256} is not what its hash says`);
    contents.set(sha256, content);
  }
  return contents;
}

function newerArchive(why: string): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'archive.newer',
    message: `This export was written by a newer multiagent: ${why}.`,
    hint: 'Install the newest multiagent to import it.',
  });
}
