/** Measures what the journal costs, prints it beside what was promised, and ends with 1 when a promise is broken: `npm run bench:journal`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { type EventData, type EventType, runStreamEvents } from '../src/events/run-stream-events.ts';
import type { NewEvent } from '../src/state/store/event-store.ts';
import { applyEvent, foldRun, type RunState } from '../src/state/run/run-state.ts';
import { listRuns } from '../src/state/run/list-runs.ts';
import { SqliteEventStore } from '../src/state/store/sqlite-event-store.ts';

interface Measurement {
  what: string;
  measured: string;
  promised: string;
  verdict: 'kept' | 'broken';
}

const folder = mkdtempSync(join(tmpdir(), 'bench-journal-'));
try {
  // What the engine of the language still has to learn is not what the journal costs.
  await measureLongRun('warm-up');
  const measurements = [...(await measureLongRun('long')), await measureResume(), await measureListing()];
  for (const { what, measured, promised, verdict } of measurements) {
    process.stdout.write(`${what.padEnd(62)}${measured.padStart(12)}   promised ${promised.padEnd(9)} ${verdict}\n`);
  }
  process.exitCode = measurements.every(({ verdict }) => verdict === 'kept') ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

/** A run of a thousand tasks, each recorded as the orchestrator does it, with the state kept beside it. */
async function measureLongRun(run: string): Promise<Measurement[]> {
  const store = SqliteEventStore.open({ path: join(folder, `${run}.db`) });
  const stream = `run:${run}`;
  const lease = await store.acquireLease({ stream, owner: { host: 'bench', pid: 1, nonce: 'bench' }, milliseconds: 3_600_000 });
  let state: RunState | undefined;
  const boundaries: number[] = [];
  const append = async (durability: 'full' | 'normal', ...events: NewEvent[]) => {
    const began = performance.now();
    const appended = await store.append({ stream, expectedSequence: state?.lastSequence ?? 0, events, durability, lease });
    if (durability === 'full') boundaries.push(performance.now() - began);
    for (const event of appended) state = applyEvent(state, event);
  };
  const tasks = Array.from({ length: 1_000 }, (_, index) => `task_${index + 1}`);
  await append('full', started(run), ...tasks.map((task, index) => added(task, index + 1)));
  boundaries.length = 0;
  const costs: number[] = [];
  for (const task of tasks) {
    const began = performance.now();
    await append('full', newEvent('task.started', { task, attempt: 1, agent: 'dev_001' }));
    await append('full', ...replyBegun(task));
    for (let piece = 0; piece < 10; piece += 1) await append('normal', delta(task));
    await store.putContent(Buffer.from(`${task}\n${'line of code\n'.repeat(100)}`), { stream });
    await append('full', ...replyEnded(task));
    costs.push(performance.now() - began);
  }
  await store.close();
  const first = median(costs.slice(0, 100));
  const last = median(costs.slice(-100));
  return [
    atMost('append at a task boundary, median', median(boundaries), 5),
    {
      what: `journal of a task, the last hundred of 1,000 to the first (${milliseconds(first)})`,
      measured: `${((last / first) * 100).toFixed(0)} %`,
      promised: '± 20 %',
      verdict: Math.abs(last / first - 1) <= 0.2 ? 'kept' : 'broken',
    },
  ];
}

/** From the closed file to the state of a run, which says what is to be done. */
async function measureResume(): Promise<Measurement> {
  const path = join(folder, 'resume.db');
  const store = SqliteEventStore.open({ path });
  const events = [started('resume')];
  for (let number = 1; events.length < 1_000; number += 1) {
    const task = `task_${number}`;
    events.push(added(task, number), newEvent('task.started', { task, attempt: 1, agent: 'dev_001' }), ...replyBegun(task));
    for (let piece = 0; piece < 40; piece += 1) events.push(delta(task));
    events.push(...replyEnded(task));
  }
  await store.append({ stream: 'run:resume', expectedSequence: 0, events: events.slice(0, 1_000), durability: 'full' });
  await store.close();
  const times: number[] = [];
  for (let round = 0; round < 11; round += 1) {
    const began = performance.now();
    const reopened = SqliteEventStore.open({ path });
    await reopened.readLease('run:resume');
    await foldRun(reopened.read('run:resume'));
    times.push(performance.now() - began);
    await reopened.close();
  }
  // The first one is what a person waits for.
  return atMost('from the file to the state of a run of 1,000 events, first time', times[0] ?? Infinity, 50);
}

async function measureListing(): Promise<Measurement> {
  const store = SqliteEventStore.open({ path: join(folder, 'list.db') });
  for (let run = 0; run < 10_000; run += 1) {
    const stream = `run:${run}`;
    const events = [
      started(String(run)),
      newEvent('run.finished', { status: 'completed', durationMilliseconds: 1, tasks: { completed: 6, total: 6 } }),
    ];
    await store.append({ stream, expectedSequence: 0, events, durability: 'normal' });
    if (run % 100 === 0) await store.acquireLease({ stream, owner: { host: 'bench', pid: 1, nonce: stream }, milliseconds: 60_000 });
  }
  const began = performance.now();
  const runs = await listRuns(store);
  const time = performance.now() - began;
  await store.close();
  return atMost(`listing ${runs.length} runs and who works on them`, time, 100);
}

function started(run: string): NewEvent {
  return newEvent('run.started', {
    run,
    workflow: 'feature_development',
    definition: { steps: [] },
    input: { requirement: 'Build a bookmark manager.', files: [] },
    context: {},
    model: { name: 'none', address: 'http://127.0.0.1:8080/v1', engine: 'server' },
    transcript: { turns: 'linear', layout: 'transcript', reason: 'one task at a time' },
    maxParallel: 1,
    output: `output/generated/${run}`,
    productVersion: '0.1.0',
  });
}

function added(task: string, number: number): NewEvent {
  const step = { kind: 'agent', role: 'developer', taskType: 'implementation', description: 'Write it', expects: 'files' } as const;
  return newEvent('task.added', { task, ...step, dependencies: [], priority: 0, number });
}

function replyBegun(task: string): NewEvent[] {
  const activity = `${task}/1`;
  const message = `You act as the Developer.\n${'An instruction of some length.\n'.repeat(30)}`;
  return [
    newEvent('activity.started', { activity, task, kind: 'reply', message, turns: [], epoch: 0 }),
    newEvent('call.started', { activity, call: 1, continues: 0 }),
  ];
}

function delta(task: string): NewEvent {
  return newEvent('reply.delta', { activity: `${task}/1`, text: 'x = 1\n'.repeat(10), tokens: 30, milliseconds: 500 });
}

function replyEnded(task: string): NewEvent[] {
  const activity = `${task}/1`;
  const usage = { promptTokens: 1_000, replyTokens: 300 };
  const file = { task, path: `src/${task}.py`, bytes: 600, sha256: '0'.repeat(64), outcome: 'created', format: 'fence' } as const;
  return [
    newEvent('call.ended', { activity, call: 1, finishReason: 'stop', usage }),
    newEvent('activity.completed', { activity, kind: 'reply', text: 'x = 1\n'.repeat(100), reasoning: '', finishReason: 'stop', usage }),
    newEvent('artifact.written', { ...file, range: [0, 600] }),
    newEvent('task.completed', {
      task,
      turn: [
        { role: 'user', activity },
        { role: 'assistant', activity },
      ],
    }),
  ];
}

function newEvent<Type extends EventType>(type: Type, data: EventData<Type>): NewEvent {
  return { type, version: runStreamEvents[type].version, time: Date.now(), actor: 'bench', correlation: 'bench', data } as NewEvent;
}

function atMost(what: string, measured: number, limit: number): Measurement {
  return {
    what,
    measured: milliseconds(measured),
    promised: `≤ ${limit} ms`,
    verdict: measured <= limit ? 'kept' : 'broken',
  };
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function milliseconds(time: number): string {
  return `${time.toFixed(2)} ms`;
}
