import { describe, expect, it } from 'vitest';
import { exportRun } from '../../../src/state/archive/export-run.ts';
import { importRun } from '../../../src/state/archive/import-run.ts';
import { readArchive } from '../../../src/state/archive/read-archive.ts';
import type { RunArchive } from '../../../src/state/archive/run-archive.ts';
import { hashContent } from '../../../src/utils/hash-content.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { processIdentity } from '../../../src/utils/process-identity.ts';
import { added, runEvent, started, writeRun } from '../../support/run-events.ts';

const run = '20261121-093015042-k3f9';
const content = Buffer.from([0, 255, 10, 13]);
const sha256 = hashContent(content);
const other = hashContent(Buffer.from('refused'));

async function journal(): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  await writeRun(store, run, [
    started(run),
    added(run, 'a'),
    runEvent(run, 'task.started', { task: 'a', attempt: 1, agent: 'dev_001' }),
    runEvent(run, 'artifact.written', { task: 'a', path: 'x.bin', bytes: 4, sha256, outcome: 'created', format: 'f', range: [0, 4] }),
    runEvent(run, 'artifact.refused', { task: 'a', name: '../y', reason: 'outside', sha256: other, range: [5, 9] }),
    runEvent(run, 'task.completed', { task: 'a' }),
    runEvent(run, 'run.finished', { status: 'completed', durationMilliseconds: 1 }),
  ]);
  for (const bytes of [content, Buffer.from('refused')]) await store.putContent(bytes, { stream: `run:${run}` });
  return store;
}

async function take(text: string, store = new MemoryEventStore()) {
  const archive = readArchive(text, { output: 'output' });
  const lease = await store.acquireLease({ stream: `run:${run}`, owner: processIdentity, milliseconds: 60_000 });
  return { store, how: await importRun({ store, archive, lease }) };
}

async function eventsOf(store: MemoryEventStore) {
  const events = [];
  for await (const { position: _, ...event } of store.read(`run:${run}`)) events.push(event);
  return events;
}

describe('export and import', () => {
  it('bring every event and every content to another journal, as they were', async () => {
    const from = await journal();
    const { store, how } = await take(JSON.stringify(await exportRun(from, run)));
    expect(how).toBe('imported');
    expect(await eventsOf(store)).toEqual(await eventsOf(from));
    expect(await store.getContent(sha256)).toEqual(Uint8Array.from(content));
    expect(Buffer.from((await store.getContent(other)) ?? []).toString()).toBe('refused');
  });

  it('take the same run twice without a change, and refuse another history under the same id', async () => {
    const exported = JSON.stringify(await exportRun(await journal(), run));
    const { store } = await take(exported);
    const before = await eventsOf(store);
    expect((await take(exported, store)).how).toBe('identical');
    const shorter = JSON.parse(exported) as RunArchive;
    shorter.events.pop();
    await expect(take(JSON.stringify(shorter), store)).rejects.toMatchObject({ code: 'archive.exists' });
    expect(await eventsOf(store)).toEqual(before);
  });

  it('let nobody else decide where this machine writes', async () => {
    const archive = await exportRun(await journal(), run);
    const first = archive.events[0] as { data: Record<string, unknown> };
    first.data['output'] = '/etc';
    expect(readArchive(JSON.stringify(archive), { output: 'results' }).state.output).toBe('results');
  });

  it('take what stands before a gap of a damaged journal, and say how much is missing', async () => {
    const archive = await exportRun(await journal(), run);
    archive.events.splice(4, 1);
    delete archive.contents[sha256];
    const read = readArchive(JSON.stringify(archive), { output: 'output' });
    expect(read.events).toHaveLength(4);
    expect(read.missing).toEqual({ events: 2, contents: [sha256] });
  });

  it('leave nothing behind when the events cannot be written', async () => {
    const store = new MemoryEventStore();
    const archive = readArchive(JSON.stringify(await exportRun(await journal(), run)), { output: 'output' });
    const lease = await store.acquireLease({ stream: `run:${run}`, owner: processIdentity, milliseconds: 60_000 });
    store.append = () => Promise.reject(new Error('disk'));
    await expect(importRun({ store, archive, lease })).rejects.toThrow('disk');
    expect(await store.getContent(sha256)).toBeUndefined();
  });

  it.each<[string, (archive: RunArchive) => unknown]>([
    ['no JSON', () => '{"format":'],
    ['another format', (archive) => ({ ...archive, format: 'zip' })],
    ['no object', () => []],
    ['no events', (archive) => ({ ...archive, events: [] })],
    ['a run id that leads elsewhere', (archive) => ({ ...archive, run: '../../etc' })],
    ['another run id than its events have', (archive) => ({ ...archive, run: '20261121-093015042-aaaa' })],
    ['a workflow name that leads elsewhere', (archive) => withData(archive, 0, { workflow: '../x' })],
    ['the id of another run in its first event', (archive) => withData(archive, 0, { run: '20261121-093015042-aaaa' })],
    ['an unknown event', (archive) => withEvent(archive, 1, { type: 'task.exploded' })],
    ['an event of a later version', (archive) => withEvent(archive, 1, { version: 99 })],
    ['an event without its data', (archive) => withEvent(archive, 1, { data: {} })],
    ['a history without a beginning', (archive) => ({ ...archive, events: archive.events.slice(1) })],
    ['a history that contradicts itself', (archive) => withData(archive, 2, { task: 'nobody' })],
    ['a content that was changed', (archive) => ({ ...archive, contents: { ...archive.contents, [sha256]: 'AAAA' } })],
    ['a content that is no base64', (archive) => ({ ...archive, contents: { [sha256]: '*' } })],
    ['a hash that is none', (archive) => ({ ...archive, contents: { '../x': 'AAAA' } })],
  ])('refuse %s', async (_, change) => {
    const changed = change(await exportRun(await journal(), run));
    const text = typeof changed === 'string' ? changed : JSON.stringify(changed);
    expect(() => readArchive(text, { output: 'output' })).toThrow(expect.objectContaining({ code: 'archive.invalid' }));
  });

  it('refuse an export of a later format, and say so', async () => {
    const archive = { ...(await exportRun(await journal(), run)), version: 2 };
    expect(() => readArchive(JSON.stringify(archive), { output: 'output' })).toThrow(expect.objectContaining({ code: 'archive.newer' }));
  });
});

function withEvent(archive: RunArchive, index: number, change: object): RunArchive {
  return { ...archive, events: archive.events.map((event, place) => (place === index ? { ...event, ...change } : event)) };
}

function withData(archive: RunArchive, index: number, change: object): RunArchive {
  return withEvent(archive, index, { data: { ...archive.events[index]?.data, ...change } });
}
