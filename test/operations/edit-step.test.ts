import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editStep } from '../../src/operations/edit-step.ts';
import { replyOfTask } from '../../src/operations/reply-of-task.ts';
import { pauseRun } from '../../src/operations/steer-run.ts';
import { analysis } from '../orchestrator/step-kinds/team-with-steps.ts';
import { type SteeredOptions, type Step, steeredRun, threeSteps } from './steering.ts';

/** A run that a person has had pause while this step was done. */
async function pausedAfter(at: Step, options: SteeredOptions = {}) {
  let hasPaused = false;
  const team = await steeredRun({
    ...options,
    during: async (step, run, person) => {
      if (step !== at || hasPaused) return;
      hasPaused = true;
      await pauseRun(person(), run);
    },
  });
  const { workflow_id: run } = await team.start();
  return {
    ...team,
    run,
    read: (path: string) => readFileSync(join(team.workspace, 'output', 'generated', run, path), 'utf8'),
    edit: (task: string, text: string, path?: string) =>
      editStep(team.person(), run, { task, path, by: 'Ann' }, () => Promise.resolve(text)),
    resume: () => team.person().resumeRun(run),
  };
}

describe('what a person has made of the text of a step', () => {
  it.each(['transcript', 'material'] as const)('is what later steps read, and nothing of the old one (%s)', async (layout) => {
    const { edit, resume, asked, read } = await pausedAfter('first', { layout });
    const edited = await edit('first', '# Analysis\n\nThe lamp has two colours.\n');
    expect(edited).toEqual({ task: 'first', path: '01-requirements_analysis.md', unchanged: false, readBy: [] });
    expect(read(edited.path)).toBe('# Analysis\n\nThe lamp has two colours.\n');
    expect((await resume()).status).toBe('completed');
    const later = asked.filter(({ step }) => step !== 'first');
    expect(later).toHaveLength(2);
    for (const { prompt } of later) {
      expect(prompt).toContain('two colours');
      expect(prompt).not.toContain('three colours');
    }
  });

  it('is shown as its reply; what the model wrote is kept', async () => {
    const { edit, person, run } = await pausedAfter('first');
    await edit('1', 'Two.');
    const state = await person().loadRun(run);
    const task = state.tasks.get('first');
    expect(task && replyOfTask(state, task)).toBe('Two.');
    expect(task?.edited).toMatchObject([{ by: 'Ann', text: 'Two.', path: '01-requirements_analysis.md' }]);
    expect(task?.activities).toMatchObject([{ text: expect.stringContaining('three colours') as string }]);
  });

  it('counts for what expressions say of it', async () => {
    const { edit, resume, asked } = await pausedAfter('first', {
      steps: [analysis('first'), { ...analysis('third', ['first']), description: 'Think of (third): {{ steps.first.text }}' }],
    });
    await edit('first', 'Two colours.');
    await resume();
    expect(asked.at(-1)?.message).toContain('Think of (third): Two colours.');
  });

  it('may be changed again, also after others have read it: they are named', async () => {
    const { edit, resume } = await pausedAfter('first');
    await edit('first', 'Two colours.');
    await resume();
    expect(await edit('first', 'One colour.')).toMatchObject({ readBy: ['second', 'third'] });
  });
});

describe('what a person has made of a file of a step', () => {
  it.each(['transcript', 'contract'] as const)('stands for later steps (%s)', async (layout) => {
    const { edit, resume, asked, read } = await pausedAfter('second', { layout });
    expect(await edit('second', 'COLOURS = 2\n')).toMatchObject({ path: 'lamp.py', readBy: [] });
    await resume();
    expect(read('lamp.py')).toBe('COLOURS = 2\n');
    expect(asked.at(-1)).toMatchObject({ step: 'third', prompt: expect.stringContaining('COLOURS = 2') as string });
  });

  it('is chosen by its name where there are several', async () => {
    const two = { ...threeSteps[1]!, depends_on: [], id: 'second' };
    const { edit, read } = await pausedAfter('second', {
      steps: [two, analysis('third', ['second'])],
      replies: { second: '```python:a.py\nA = 1\n```\n\n```python:b.py\nB = 1\n```\n' },
    });
    await expect(edit('second', 'A = 2\n')).rejects.toMatchObject({
      code: 'edit.which_file',
      hint: expect.stringContaining('second b.py') as string,
    });
    await expect(edit('second', 'A = 2\n', 'c.py')).rejects.toMatchObject({ code: 'edit.nothing' });
    expect(await edit('second', 'B = 2\n', 'b.py')).toMatchObject({ path: 'b.py' });
    expect([read('a.py'), read('b.py')]).toEqual(['A = 1\n', 'B = 2\n']);
  });
});

describe('nothing is changed', () => {
  it.each([
    ['third', 'Two.', 'edit.nothing'],
    ['fourth', 'Two.', 'run.unknown_task'],
    ['first', ' \n', 'edit.empty'],
  ])('for the step %s with %j', async (task, text, code) => {
    const { edit, person, run } = await pausedAfter('first');
    const { lastSequence } = await person().loadRun(run);
    await expect(edit(task, text)).rejects.toMatchObject({ code });
    expect((await person().loadRun(run)).lastSequence).toBe(lastSequence);
  });

  it('where it is as it was', async () => {
    const { person, run } = await pausedAfter('first');
    const { lastSequence } = await person().loadRun(run);
    expect(await editStep(person(), run, { task: 'first' }, (content) => Promise.resolve(content))).toMatchObject({ unchanged: true });
    expect((await person().loadRun(run)).lastSequence).toBe(lastSequence);
  });

  it('where a link stands in the place of the file', async () => {
    const { edit, workspace, run } = await pausedAfter('first');
    const place = join(workspace, 'output', 'generated', run, '01-requirements_analysis.md');
    const elsewhere = join(workspace, 'mine.md');
    writeFileSync(elsewhere, 'Mine.');
    rmSync(place);
    symlinkSync(elsewhere, place);
    await expect(edit('first', 'Two.')).rejects.toMatchObject({ code: 'edit.refused' });
    expect(readFileSync(elsewhere, 'utf8')).toBe('Mine.');
  });

  it('while somebody works on the run', async () => {
    let refused: unknown;
    const { start } = await steeredRun({
      during: async (step, run, person) => {
        if (step === 'second')
          refused ??= await editStep(person(), run, { task: 'first' }, () => Promise.resolve('Two.')).catch((error: unknown) => error);
      },
    });
    await start();
    expect(refused).toMatchObject({ code: 'run.live', hint: expect.stringContaining('multiagent pause') as string });
  });

  it('of a step that gave data', async () => {
    const data = {
      ...analysis('first'),
      expects: { json: { type: 'object', properties: { colours: { type: 'number' } }, required: ['colours'] } },
    };
    const { edit } = await pausedAfter('first', { steps: [data, analysis('third', ['first'])], replies: { first: '{"colours": 3}' } });
    await expect(edit('first', '{"colours": 2}')).rejects.toMatchObject({ code: 'edit.data' });
  });
});
