import { describe, expect, it } from 'vitest';
import { pauseRun, sayToRun } from '../../src/operations/steer-run.ts';
import type { Workspace } from '../../src/operations/workspace.ts';
import { analysis } from '../orchestrator/step-kinds/team-with-steps.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { MemoryEventStore } from '../support/memory-store/memory-event-store.ts';
import { runEvent, started, writeRun } from '../support/run-events.ts';
import { type Step, steeredRun } from './steering.ts';

/** A run in which a person does something once, while the model writes the reply of a step. */
async function steeredAt(at: Step, act: (workspace: Workspace, run: string) => Promise<unknown>, layout?: 'transcript' | 'contract') {
  let hasActed = false;
  const run = await steeredRun({
    layout,
    during: async (step, id, person) => {
      if (step !== at || hasActed) return;
      hasActed = true;
      await act(person(), id);
    },
  });
  return run;
}

describe('what a person tells a run', () => {
  it.each(['transcript', 'contract'] as const)('is read by each step that begins later, and by none before it (%s)', async (layout) => {
    const { start, asked } = await steeredAt('first', (person, run) => sayToRun(person, run, 'Two colours are enough.'), layout);
    expect((await start()).status).toBe('completed');
    expect(asked.map(({ step, message }) => [step, message.includes('Two colours are enough.')])).toEqual([
      ['first', false],
      ['second', true],
      ['third', true],
    ]);
  });

  it('stands at the end of the message, in the order in which it was said', async () => {
    const { start, asked } = await steeredAt('first', async (person, run) => {
      await sayToRun(person, run, 'Two colours\n\nare enough.');
      await sayToRun(person, run, '  Red and green. ');
    });
    await start();
    expect(asked[1]?.message).toMatch(/person whom you work for has said:\n\nTwo colours\n\nare enough\.\n\nRed and green\.$/);
  });

  it('while it is paused is read once it goes on, and nothing is asked for again', async () => {
    const { start, asked, person } = await steeredAt('second', async (workspace, run) => {
      await pauseRun(workspace, run);
    });
    const { workflow_id: run } = await start();
    await sayToRun(person(), run, 'Two colours are enough.');
    await person().resumeRun(run);
    expect(asked.map(({ step }) => step)).toEqual(['first', 'second', 'third']);
    expect(asked[2]?.message).toContain('Two colours are enough.');
  });

  it('is kept with a run that nobody works on', async () => {
    const store = new MemoryEventStore();
    await writeRun(store, 'a', [started('a'), runEvent('a', 'run.interrupted', { reason: 'x' })]);
    const { state, owner, status } = await sayToRun({ store, workspace: temporaryFolder() }, 'a', 'Be brief.', { by: 'Ann' });
    expect(state.remarks).toMatchObject([{ text: 'Be brief.', by: 'Ann' }]);
    expect([owner, status]).toEqual([undefined, 'interrupted']);
  });

  it.each([
    ['  \n', 'steering.empty'],
    ['x'.repeat(4001), 'steering.too_long'],
  ])('is refused where nobody could use it: %j', async (text, code) => {
    const store = new MemoryEventStore();
    await writeRun(store, 'a', [started('a')]);
    await expect(sayToRun({ store, workspace: temporaryFolder() }, 'a', text)).rejects.toMatchObject({ code });
    expect((await store.list()).map(({ sequence }) => sequence)).toEqual([1]);
  });

  it('has no codes for the terminal in it', async () => {
    const store = new MemoryEventStore();
    await writeRun(store, 'a', [started('a')]);
    const { state } = await sayToRun({ store, workspace: temporaryFolder() }, 'a', 'Be \u001b[2Jbrief.');
    expect(state.remarks[0]?.text).not.toContain('\u001b');
  });
});

describe('a run that is to pause', () => {
  it('does the step under way to its end, begins no other, and goes on when it is resumed', async () => {
    const { start, asked, person } = await steeredAt('first', (workspace, run) => pauseRun(workspace, run, { by: 'Ann' }));
    const result = await start();
    expect(result).toMatchObject({ status: 'interrupted' });
    expect(asked.map(({ step }) => step)).toEqual(['first']);
    const state = await person().loadRun(result.workflow_id);
    expect([...state.tasks.values()].map(({ status }) => status)).toEqual(['completed', 'pending', 'pending']);
    expect(state.held).toMatchObject({ by: 'Ann' });
    expect(await person().resumeRun(result.workflow_id)).toMatchObject({ status: 'completed' });
    expect(asked.map(({ step }) => step)).toEqual(['first', 'second', 'third']);
  });

  it('that has only its last step under way is completed', async () => {
    const { start } = await steeredAt('third', (workspace, run) => pauseRun(workspace, run));
    expect(await start()).toMatchObject({ status: 'completed' });
  });

  it('is left as it is where nobody works on it', async () => {
    const store = new MemoryEventStore();
    await writeRun(store, 'a', [started('a'), runEvent('a', 'run.interrupted', { reason: 'x' })]);
    expect((await pauseRun({ store, workspace: temporaryFolder() }, 'a')).state.held).toBeUndefined();
  });

  it('lets steps that run at once come to their end', async () => {
    const both = Promise.withResolvers<void>();
    let underWay = 0;
    const { start, asked, person } = await steeredRun({
      steps: [analysis('first'), analysis('other'), analysis('third', ['first', 'other'])],
      parallel: 2,
      during: async (step, run, anybody) => {
        if (step !== 'first') return;
        underWay += 1;
        if (underWay < 2) return both.promise;
        await pauseRun(anybody(), run);
        both.resolve();
      },
    });
    const result = await start();
    expect(result.status).toBe('interrupted');
    const { tasks } = await person().loadRun(result.workflow_id);
    expect([...tasks.values()].map(({ task, status }) => [task, status])).toEqual([
      ['first', 'completed'],
      ['other', 'completed'],
      ['third', 'pending'],
    ]);
    expect(asked.some(({ step }) => step === 'third')).toBe(false);
  });
});
