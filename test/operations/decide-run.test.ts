import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { decideRun, questionsOfRun } from '../../src/operations/decide-run.ts';
import { exportRun } from '../../src/operations/export-run.ts';
import { startRun } from '../../src/operations/start-run.ts';
import { cancelRun } from '../../src/operations/cancel-run.ts';
import { composeQuestion } from '../../src/orchestrator/decisions/compose-question.ts';
import type { PersonDecision } from '../../src/orchestrator/decisions/judge-decision.ts';
import { foldRun } from '../../src/state/run/run-state.ts';
import { processIdentity } from '../../src/utils/process-identity.ts';
import { hashContent } from '../../src/utils/hash-content.ts';
import { approval, files, releaseSteps, restingRun } from '../orchestrator/step-kinds/people.ts';
import { analysis, teamWithSteps } from '../orchestrator/step-kinds/team-with-steps.ts';
import { MemoryEventStore } from '../support/memory-store/memory-event-store.ts';
import { added, runEvent, started, writeRun } from '../support/run-events.ts';
import { eventsOfType } from '../support/team-on-fake.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const approved: PersonDecision = { decision: 'approved' };
const rejected: PersonDecision = { decision: 'rejected', comment: 'No.' };
const question = { id: 'colour', kind: 'question', description: 'Which?', ask: 'Which colour?' };

describe('a decision', () => {
  it('that is only recorded leaves the run where it is; whoever resumes it goes on with it', async () => {
    const { decide, state, run, later, resume } = await restingRun(releaseSteps());
    const decided = await decide(approved, { by: 'Ann', task: 'release' });
    expect(decided).toMatchObject({ task: 'release', status: 'waiting', owner: undefined, decided: { decision: 'approved', by: 'Ann' } });
    expect(await questionsOfRun(later(), run)).toEqual([]);
    expect((await state()).tasks.get('release')).toMatchObject({ status: 'pending', woken: { by: 'decision' } });
    expect((await resume()).status).toBe('completed');
  });

  it('is refused for a step that does not wait, with what waits', async () => {
    const { decide } = await restingRun(releaseSteps());
    await expect(decide(approved, { task: 'implementation' })).rejects.toMatchObject({
      code: 'decision.not_waiting',
      message: 'implementation does not wait for a decision: it is completed.',
    });
    await expect(decide(approved, { task: 'relase' })).rejects.toMatchObject({ code: 'run.unknown_task' });
  });

  it('is refused for a step that was decided: it says who did, what and when', async () => {
    const { decide, state } = await restingRun(releaseSteps());
    await decide({ ...approved, comment: 'Fine' }, { by: 'Ann' });
    const { lastSequence } = await state();
    await expect(decide(rejected, { task: 'release' })).rejects.toMatchObject({
      code: 'decision.made',
      message: expect.stringMatching(/^release was decided before, on \d{4}-\S+Z\. Ann approved it: Fine\.$/) as string,
    });
    expect((await state()).lastSequence).toBe(lastSequence);
  });

  it('is refused where nothing waits, and in a run that has ended', async () => {
    const { decide, resume, run } = await restingRun(releaseSteps());
    await decide(approved);
    await expect(decide(approved)).rejects.toMatchObject({ code: 'decision.nothing_asked' });
    await resume();
    const message = `The run ${run} has ended (completed): nothing can be decided in it any more.`;
    await expect(decide(approved)).rejects.toMatchObject({ code: 'decision.run_ended', message });
  });

  it('is refused in a cancelled run', async () => {
    const { decide, later, run } = await restingRun(releaseSteps());
    await cancelRun(later(), run);
    await expect(decide(approved, { task: 'release' })).rejects.toMatchObject({ code: 'decision.run_ended' });
  });

  it('needs the name of the step if several wait: the error lists them', async () => {
    const { decide, resume, state } = await restingRun([question, { ...question, id: 'size' }]);
    await expect(decide({ decision: 'answered', answer: 'Blue' })).rejects.toMatchObject({
      code: 'decision.which_step',
      message: expect.stringContaining('colour, size') as string,
    });
    await decide({ decision: 'answered', answer: 'Blue' }, { task: 'colour' });
    expect((await resume()).status).toBe('waiting');
    await decide({ decision: 'answered', answer: 'Large' });
    expect((await resume()).status).toBe('completed');
    expect((await state()).tasks.get('size')?.outputs?.['output']).toBe('Large');
  });

  test.each<[string, PersonDecision, PersonDecision]>([
    ['answered', { decision: 'answered', answer: 'yes' }, approved],
    ['approved', approved, { decision: 'answered', answer: 'yes' }],
  ])('of the wrong type is refused, and says what fits', async (_, wrong, right) => {
    const steps = wrong.decision === 'answered' ? releaseSteps() : [question];
    const { decide } = await restingRun(steps);
    await expect(decide(wrong)).rejects.toMatchObject({
      code: 'decision.wrong_kind',
      hint: expect.stringContaining('multiagent ') as string,
    });
    await decide(right);
  });

  it('to reject needs a comment where the author is to change something', async () => {
    const { decide } = await restingRun(releaseSteps());
    await expect(decide({ decision: 'rejected', comment: '  ' })).rejects.toMatchObject({ code: 'decision.no_comment' });
  });

  it('with a comment that is longer than a prompt has room for is refused', async () => {
    const { decide } = await restingRun(releaseSteps());
    await expect(decide({ decision: 'rejected', comment: 'x'.repeat(20_001) })).rejects.toMatchObject({
      code: 'decision.comment_too_long',
    });
  });

  it('is part of an export, with the versions that a person gave and those that they saw', async () => {
    const { decide, write, later, run } = await restingRun(releaseSteps());
    write('greet.py', 'print("seen")\n');
    await expect(decide(approved)).rejects.toMatchObject({ code: 'decision.stale' });
    await decide({ ...approved, edits: [{ path: 'greet.py', content: 'print("mine")\n' }] });
    const { contents, missing } = await exportRun(later(), run);
    const kept = Object.values(contents).map((content) => Buffer.from(content, 'base64').toString('utf8'));
    expect(kept).toEqual(expect.arrayContaining(['print("seen")\n', 'print("mine")\n']));
    expect(missing.contents).toEqual([]);
  });

  it('cannot replace a file that was not shown', async () => {
    const { decide } = await restingRun(releaseSteps());
    await expect(decide({ ...approved, edits: [{ path: 'other.py', content: '' }] })).rejects.toMatchObject({
      code: 'decision.not_shown',
      hint: 'Shown were: greet.py.',
    });
  });
});

it('of two versions of one file nothing is decided', async () => {
  const { decide, state } = await restingRun(releaseSteps());
  const edits = [
    { path: 'greet.py', content: 'one' },
    { path: 'greet.py', content: 'other' },
  ];
  await expect(decide({ ...approved, edits })).rejects.toMatchObject({
    code: 'decision.two_versions',
    message: 'Nothing was decided for release: there are two versions of greet.py.',
  });
  expect((await state()).tasks.get('release')?.decisions).toBeUndefined();
});

test.each([
  ['a link', (place: string, other: string) => symlinkSync(other, place)],
  ['a folder', (place: string) => mkdirSync(place)],
])('nothing is decided while %s is in the place of a shown file: it cannot come back there', async (_, put) => {
  const { decide, workspace, run, read, resume } = await restingRun(releaseSteps());
  const place = join(workspace, 'output', 'generated', run, 'greet.py');
  rmSync(place);
  writeFileSync(join(workspace, 'other.py'), 'print("another")\n');
  put(place, join(workspace, 'other.py'));
  await expect(decide(approved)).rejects.toMatchObject({
    code: 'decision.no_file',
    message: expect.stringContaining("'greet.py'") as string,
  });
  rmSync(place, { recursive: true });
  await decide(approved);
  expect((await resume()).status).toBe('completed');
  expect(read('greet.py')).toContain('version 1');
});

describe('what was shown no longer stands', () => {
  it('on the disk: nothing is decided, the file is named, and the question is asked anew with the file as it is', async () => {
    const { decide, write, state } = await restingRun(releaseSteps({ timeout: '1d' }));
    const before = (await state()).tasks.get('release')!.question!;
    write('greet.py', 'print("mine")\n');
    await expect(decide(approved)).rejects.toMatchObject({
      code: 'decision.stale',
      message: 'Nothing was decided: greet.py is no longer what was shown for release.',
    });
    const { question: asked, status, decisions } = (await state()).tasks.get('release')!;
    expect([status, decisions]).toEqual(['waiting', undefined]);
    expect(asked).toMatchObject({
      round: 1,
      ask: before.ask,
      until: before.until,
      shown: [{ path: 'greet.py', sha256: hashContent(Buffer.from('print("mine")\n')), recorded: before.shown[0]?.sha256 }],
    });
  });

  it('unless it is the version that the person gives with the decision', async () => {
    const { decide, write, resume, read } = await restingRun(releaseSteps());
    write('greet.py', 'print("mine")\n');
    await decide({ ...approved, edits: [{ path: 'greet.py', content: 'print("mine")\n' }] });
    expect((await resume()).status).toBe('completed');
    expect(read('greet.py')).toBe('print("mine")\n');
  });

  it('in the journal: another branch has written the file since', async () => {
    const steps = [
      files('developer', 'implementation'),
      approval({ depends_on: ['implementation'] }),
      { id: 'pause', kind: 'wait', description: 'Wait.', signal: 'go', depends_on: ['implementation'] },
      { ...files('developer', 'bug_fix', ['pause']) },
    ];
    const { decide, later, run, resume, state } = await restingRun(steps);
    await later().signalRun(run, 'go');
    expect((await resume()).status).toBe('waiting');
    await expect(decide(approved)).rejects.toMatchObject({ code: 'decision.stale' });
    expect((await state()).tasks.get('release')?.question?.diff).toContain('version 2');
    await decide(approved);
    expect((await resume()).status).toBe('completed');
  });
});

describe('a run that another process works on', () => {
  it('hears of the decision and goes on, without a lease for who decides', async () => {
    const { orchestrator, engine, events, waiting } = await teamWithSteps([question, analysis('after', ['colour'])]);
    const { result } = startRun(orchestrator, engine.createWorkflow('house', 'Build it.'), { whileWaiting: 'stay' });
    const run = await waiting('colour');
    await decideRun(orchestrator, run, { decision: 'answered', answer: 'Blue' });
    expect((await result).status).toBe('completed');
    expect(eventsOfType(events, 'task.decided')).toHaveLength(1);
  });

  it('tells of the decision once, also where the lease of the process was not renewed in time', async () => {
    const { orchestrator, engine, events, waiting } = await teamWithSteps([question, analysis('after', ['colour'])]);
    const { result } = startRun(orchestrator, engine.createWorkflow('house', 'Build it.'), { whileWaiting: 'stay' });
    const run = await waiting('colour');
    const { store, workspace, outputFolder, ownRuns, settings, clock, onEvent } = orchestrator;
    const late = { ...clock, now: () => clock.now() + 3_600_000 };
    const place = { store, workspace, outputFolder, ownRuns, settings, clock: late, onEvent };
    await decideRun(place, run, { decision: 'answered', answer: 'Blue' });
    expect((await result).status).toBe('completed');
    expect(eventsOfType(events, 'task.decided')).toHaveLength(1);
  });

  it('goes on with other branches: their events and the decision do not get into each other’s way', async () => {
    const steps = [
      question,
      ...['requirements_analysis', 'architecture_design', 'technical_review'].map((type, index, all) =>
        analysis(type, index === 0 ? [] : [all[index - 1]!], type),
      ),
    ];
    const { orchestrator, engine, waiting, workspace } = await teamWithSteps(steps);
    const { result } = startRun(orchestrator, engine.createWorkflow('house', 'Build it.'), { whileWaiting: 'stay' });
    const run = await waiting('colour');
    const { SqliteEventStore } = await import('../../src/state/store/sqlite-event-store.ts');
    const store = SqliteEventStore.open({ path: `${workspace}/.multiagent/state.db` });
    await decideRun({ store, workspace }, run, { decision: 'answered', answer: 'Blue' });
    await store.close();
    const { status, tasks } = await result;
    expect([status, ...Object.values(tasks).map((task) => task.status)]).toEqual(['completed', ...steps.map(() => 'completed')]);
  });
});

describe('a run that rests, and is not let go yet by the process that worked on it', () => {
  /** @param held For how many looks it is held. */
  const decidedWhileHeld = async (held: number) => {
    const { later, run, workspace } = await restingRun(releaseSteps());
    const { store } = later();
    const owner = { ...processIdentity, nonce: 'resting' };
    const lease = await store.acquireLease({ stream: `run:${run}`, owner, milliseconds: 3_600_000, isGone: () => false });
    let looks = 0;
    let time = Date.now();
    const sleep = async (milliseconds: number) => {
      time += milliseconds;
      looks += 1;
      if (looks === held) await store.releaseLease(lease);
    };
    return decideRun({ store, workspace, clock: { now: () => time, sleep } }, run, approved);
  };

  it('is nobody’s when the decision is told: otherwise nobody would continue it', async () => {
    expect((await decidedWhileHeld(3)).owner).toBeUndefined();
  });

  it('is told to be that process’s if it keeps it', async () => {
    expect((await decidedWhileHeld(Infinity)).owner).toMatchObject({ nonce: 'resting' });
  });
});

it('two processes decide at once: the first one counts, and the other is told who was faster', async () => {
  const { later, run, state, resume } = await restingRun(releaseSteps());
  const [one, other] = await Promise.allSettled([
    decideRun(later(), run, approved, { by: 'Ann' }),
    decideRun(later(), run, rejected, { by: 'Ben' }),
  ]);
  const settled = [one, other].map(({ status }) => status).toSorted();
  expect(settled).toEqual(['fulfilled', 'rejected']);
  const lost = one.status === 'rejected' ? one : other;
  const winner = one.status === 'fulfilled' ? 'Ann approved' : 'Ben rejected';
  expect(lost).toMatchObject({ reason: { code: 'decision.made', message: expect.stringContaining(winner) as string } });
  expect((await state()).tasks.get('release')?.decisions).toHaveLength(1);
  await resume();
});

/** A run of one step that asks, on the journal alone. */
async function asking(store: MemoryEventStore) {
  await writeRun(store, 'r', [started('r'), added('r', 'release')]);
  const state = await foldRun(store.read('run:r'));
  const nothing = { read: () => Promise.resolve(undefined) };
  const sources = {
    state,
    disk: nothing,
    project: nothing,
    keepContent: () => Promise.resolve(''),
    contentOf: () => Promise.resolve(undefined),
  };
  const bare = { round: 1, wants: 'approval', ask: 'May it?', onReject: 'fail' } as const;
  const asked = await composeQuestion(sources, { question: bare, paths: [], before: undefined });
  const events = [
    runEvent('r', 'task.asked', { task: 'release', ...asked }),
    runEvent('r', 'task.waiting', { task: 'release', reason: 'approval' }),
    runEvent('r', 'run.waiting', { signals: [] }),
  ];
  await store.append({ stream: 'run:r', expectedSequence: state.lastSequence, events, durability: 'normal' });
}

it('whoever decides in whatever order: one decision is left, the first one, and everybody else is refused', async () => {
  const deciders = fc.array(fc.constantFrom<PersonDecision>(approved, rejected, { decision: 'answered', answer: 'x' }), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(deciders, fc.scheduler(), async (decisions, scheduler) => {
      const store = new MemoryEventStore();
      await asking(store);
      const workspace = temporaryFolder();
      const order: string[] = [];
      /** Each step of a decider waits for its turn, so that they interleave in every way. */
      const slow = (name: string) =>
        new Proxy(store, {
          get(target, key) {
            const value: unknown = Reflect.get(target, key);
            if (typeof value !== 'function') return value;
            if (key !== 'append' && key !== 'sendSignal') return value.bind(target) as unknown;
            return async (...given: unknown[]) => {
              await scheduler.schedule(Promise.resolve());
              const result = await (value as (...all: unknown[]) => Promise<unknown>).apply(target, given);
              if (key === 'append') order.push(name);
              return result;
            };
          },
        });
      const all = Promise.allSettled(
        decisions.map((decision, index) =>
          decideRun({ store: slow(`${index}`), workspace }, 'r', decision, { task: 'release', by: `${index}` }),
        ),
      );
      await scheduler.waitFor(all);
      const results = await all;
      const { tasks } = await foldRun(store.read('run:r'));
      const made = tasks.get('release')?.decisions ?? [];
      const possible = decisions.filter(({ decision }) => decision !== 'answered').length;
      expect(made.map(({ by }) => by)).toEqual(possible === 0 ? [] : order);
      expect(made.length).toBe(Math.min(1, possible));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(made.length);
    }),
    { numRuns: 60 },
  );
});
