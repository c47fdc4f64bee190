import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { approve } from '../../../src/cli/commands/decide.ts';
import { project } from '../asking/project-with-people.ts';

const idIn = (output: string) => /Run (\S+): /.exec(output)?.[1] ?? '';

describe('an approval without a terminal', () => {
  it('lets the run rest: exit code 4, and exactly what to type', async () => {
    const { run, call, directory } = await project();
    const { code, output } = await run();
    const id = idIn(output);
    expect(code).toBe(4);
    expect(output).toContain('approval: asks: May this go out?\n');
    expect(output).toContain('approval: shows greet.py\n');
    expect(output).toContain(
      [
        '  Decide   approval asks: May this go out?',
        '           approval shows greet.py',
        `  Look     multiagent show ${id}`,
        `  Approve  multiagent approve ${id} approval`,
        `  Reject   multiagent reject ${id} approval --comment "<what to change>"`,
        `  Resume   multiagent resume ${id}`,
      ].join('\n'),
    );
    const shown = await call('show');
    expect(shown.output).toContain('approval asks: May this go out?\napproval shows greet.py\n--- /dev/null\n+++ b/greet.py\n');
    expect(shown.output).toContain(`  Approve  multiagent approve ${id} approval\n`);
    expect((await call('runs')).output).toContain(
      `\n  approval asks: May this go out? decide it with: multiagent approve ${id} approval (or reject, with --comment)\n`,
    );
    const summary = readFileSync(join(directory, 'output', `workflow_summary_${id}.md`), 'utf8');
    expect(summary).toContain(
      `- Waits for somebody: approval asks: May this go out? ('multiagent approve ${id} approval')`.replaceAll("'", '`'),
    );
  });

  it('is approved from another terminal, which goes on with the run', async () => {
    const { run, call } = await project();
    await run();
    const { code, output } = await call('approve', '--comment', 'Fine.');
    expect(output).toMatch(/^approval: \S+ approved it: Fine\.\n/);
    expect(output).toContain('Completed');
    expect(code).toBe(0);
    const again = await call('approve');
    expect(again).toMatchObject({ code: 2, errors: expect.stringContaining('has ended (completed)') as string });
  });

  it('is that of the only run that waits, also where a newer one has ended; of several it has to be said which', async () => {
    const { run, call, directory } = await project();
    const [first, second] = [idIn((await run()).output), idIn((await run()).output)];
    for (const args of [['approve'], ['reject', 'approval', '--comment', 'No.']]) {
      const { code, errors } = await call(...args);
      expect(code).toBe(2);
      expect(errors).toContain('2 runs wait for a decision, and none of them is named:');
      for (const id of [first, second]) expect(errors).toContain(`  ${id}  approval: May this go out?\n`);
      expect(errors).toContain(`Name the run: multiagent ${args[0]} ${second}\n`);
    }
    await expect(approve([], { workspace: directory })).rejects.toMatchObject({
      code: 'decision.which_run',
      hint: `Name the run: multiagent approve ${second}`,
    });
    expect((await call('approve', second)).code).toBe(0);
    const { code, output } = await call('approve');
    expect([code, output]).toEqual([0, expect.stringContaining(first)]);
  });

  it('is only recorded with --no-resume', async () => {
    const { run, call } = await project();
    const id = idIn((await run()).output);
    const { code, output } = await call('approve', id, 'approval', '--no-resume');
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/^approval: \S+ approved it\.\nContinue the run with: multiagent resume \S+\n$/),
    ]);
    expect((await call('reject', '--comment', 'No.')).errors).toMatch(
      /^Error: No step of the run .* waits for a decision\.\sThe last decision was about approval, on \S+\. \S+ approved it\.\n/,
    );
    expect((await call('resume')).code).toBe(0);
  });

  it('is rejected with a comment: the author changes it, and the run rests again with exit code 4', async () => {
    const { run, call } = await project();
    await run();
    expect(await call('reject')).toMatchObject({ code: 2, errors: expect.stringContaining('nobody would know what to change') as string });
    const { code, output } = await call('reject', '--comment', 'In French.');
    expect(code).toBe(4);
    expect(output).toContain('approval: asks: May this go out?');
    expect((await call('show')).output).toContain('-print("version 1")\n+print("version 2")\n');
  });

  it("takes a person's own version of a shown file", async () => {
    const { run, call, directory, fileOf } = await project();
    const { output } = await run();
    writeFileSync(join(directory, 'mine.py'), 'print("mine")\n');
    expect(await call('approve', '--edit', 'mine.py')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('was not shown') as string,
    });
    expect((await call('approve', '--edit', 'greet.py=mine.py')).code).toBe(0);
    expect(readFileSync(fileOf(output, 'greet.py'), 'utf8')).toBe('print("mine")\n');
  });

  it("keeps every byte of a person's own version, and takes none that is no text", async () => {
    const { run, call, directory, fileOf } = await project();
    const { output } = await run();
    writeFileSync(join(directory, 'picture.py'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]));
    writeFileSync(join(directory, 'latin.py'), Buffer.from([0x70, 0xe9]));
    for (const [file, reason] of [
      ['picture.py', 'it is not a text file'],
      ['latin.py', 'it is not UTF-8 text'],
    ] as const)
      expect(await call('approve', '--edit', `greet.py=${file}`)).toMatchObject({
        code: 2,
        errors: expect.stringContaining(`The edited file ${file} cannot be read: ${reason}.`) as string,
      });
    const mine = Buffer.from('\uFEFFprint("mine")\r\nprint("too")\r\n');
    writeFileSync(join(directory, 'mine.py'), mine);
    expect((await call('approve', '--edit', 'greet.py=mine.py')).code).toBe(0);
    expect(readFileSync(fileOf(output, 'greet.py'))).toEqual(mine);
  });

  it('refuses what is stale, and says that it is asked anew', async () => {
    const { run, call, fileOf } = await project();
    const { output } = await run();
    writeFileSync(fileOf(output, 'greet.py'), 'print("other")\n');
    const { code, errors } = await call('approve');
    expect(code).toBe(2);
    expect(errors).toContain('Nothing was decided: greet.py is no longer what was shown for approval.');
    expect(errors).toContain('The question is asked anew');
    expect((await call('approve')).code).toBe(0);
  });

  it('tells programs the same as JSON', async () => {
    const { call, run } = await project();
    const { code, output, errors } = await run('release', '--json');
    expect(code).toBe(4);
    const events = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; data: object });
    expect(events.find(({ type }) => type === 'task.asked')?.data).toMatchObject({
      ask: 'May this go out?',
      shown: [{ path: 'greet.py' }],
    });
    expect(errors).toContain('multiagent approve ');
    const shown = JSON.parse((await call('show', '--json')).output) as object;
    expect(shown).toMatchObject({
      waits_for: {
        decisions: [{ task: 'approval', wants: 'approval', ask: 'May this go out?', answer: null, shown: [{ path: 'greet.py' }] }],
      },
    });
    const [listed] = (await call('runs', '--json')).output.split('\n');
    expect(JSON.parse(listed ?? '')).toMatchObject({ asks: [{ task: 'approval', wants: 'approval', ask: 'May this go out?' }] });
    const decided = await call('approve', '--no-resume', '--json');
    expect(JSON.parse(decided.output)).toMatchObject({ task: 'approval', decision: 'approved', comment: null });
  });

  it('shows what a model wrote without obeying it', async () => {
    const { run, call } = await project('\u001b[2J\u001b]0;title\u0007');
    await run();
    const { output } = await call('show');
    expect(output).toContain('version 1');
    expect(output).not.toContain('\u001b');
  });
});

describe('questions', () => {
  it('are answered one after the other, in their type', async () => {
    const { call, run } = await project();
    const first = await run('colours');
    expect(first.code).toBe(4);
    expect(first.output).toContain('colour asks: Which colour? (one of: red, blue)');
    const id = idIn(first.output);
    expect(await call('answer', 'blue')).toMatchObject({ code: 2, errors: expect.stringContaining('colour, size') as string });
    expect(await call('answer', 'colour', 'green')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('one of: red, blue') as string,
    });
    expect(await call('approve', id, 'colour')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('colour wants an answer.') as string,
    });
    for (const words of [[id], [id, 'colour'], ['size']])
      expect(await call('answer', ...words)).toMatchObject({ code: 2, errors: expect.stringContaining('no answer was given') as string });
    expect((await call('answer', 'colour', 'blue')).code).toBe(4);
    expect(await call('answer', id, '-4.5')).toMatchObject({ code: 0, output: expect.stringContaining('size: ') as string });
  });

  it('want an answer', async () => {
    const { call } = await project();
    expect(await call('answer')).toMatchObject({ code: 2, errors: expect.stringContaining('No answer was given.') as string });
  });
});
