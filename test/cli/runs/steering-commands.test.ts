import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CommandOutcome, runCommand } from '../../support/run-command.ts';
import { replyAsTeam } from '../../support/team-replies.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { hasTmux, openTerminal } from '../wizard/terminal.ts';
import { fake, idOf, start } from './runs-in-a-project.ts';

/** A run during whose first reply these commands are given in other terminals. */
async function steered(...commands: string[][]) {
  const directory = temporaryFolder();
  const call = (...args: string[]) => runCommand(args, { directory });
  const told: CommandOutcome[] = [];
  const prompts: string[] = [];
  const server = await fake({
    reply: async (request) => {
      prompts.push(JSON.stringify(request.body['messages']));
      if (prompts.length === 1) for (const command of commands) told.push(await call(...command));
      return replyAsTeam()(request);
    },
  });
  const ended = await start(server, directory, 'bug-fix').run();
  return { directory, call, told, prompts, ended, server };
}

describe('say', () => {
  it('reaches the steps of a run in another process, and each end says what comes of it', async () => {
    const { told, prompts, ended, call, directory } = await steered(['say', 'Two colours are enough.']);
    const run = await idOf(directory);
    expect(told).toEqual([{ code: 0, errors: '', output: `Told the run ${run}: each step that begins from now on reads it.\n` }]);
    expect(prompts.map((prompt) => prompt.includes('Two colours are enough.'))).toEqual([false, ...prompts.slice(1).map(() => true)]);
    expect(ended.output).toMatch(/^\S+ to the team: Two colours are enough\.$/m);
    expect(await call('say', 'latest', 'Later.')).toMatchObject({
      code: 0,
      output: expect.stringContaining(
        `which has ended (completed): steps that are done again read it: multiagent retry ${run} <step>`,
      ) as string,
    });
  });

  it('and the others are refused with what to type instead, where they can do nothing', async () => {
    const { call } = await steered();
    const refusals: [string[], string][] = [
      [['say'], 'Nothing was said.'],
      [['say', 'latest'], '"latest" names a run, and says nothing to it.'],
      [['say', 'zzzz', 'Be brief.'], 'zzzz'],
      [['pause'], 'No run of this workspace is running.'],
      [['edit'], 'No step was named.'],
      [['edit', 'nowhere'], 'nowhere'],
      [['edit', 'bug_analysis'], 'There is no terminal to open an editor in.'],
    ];
    const outcomes = await Promise.all(refusals.map(([args]) => call(...args)));
    expect(outcomes.map(({ code, errors }) => [code, errors])).toEqual(
      refusals.map(([, message]) => [2, expect.stringContaining(message) as string]),
    );
  });
});

describe('pause, edit, resume', () => {
  it('change what later steps read', async () => {
    const { told, prompts, ended, call, directory } = await steered(['pause']);
    const run = await idOf(directory);
    expect(told[0]?.output).toMatch(new RegExp(`^The run ${run} pauses once the steps under way are done\\.`));
    expect(ended).toMatchObject({ code: 130, output: expect.stringMatching(/^Paused by \S+: steps under way/m) as string });
    expect(prompts).toHaveLength(1);
    writeFileSync(join(directory, 'mine.md'), '# Analysis\n\nIt counts from one instead of from zero.\n');
    expect((await call('edit', 'bug-analysis', '--with', 'mine.md')).output).toContain(
      'Kept your version of 01-bug_analysis.md with the step bug_analysis',
    );
    expect((await call('show', '--reply', 'bug_analysis')).output).toContain('It counts from one');
    expect(await call('resume')).toMatchObject({ code: 0 });
    expect(prompts[1]).toContain('It counts from one');
    expect((await call('edit', 'bug_analysis', '--with', 'mine.md')).output).toBe('01-bug_analysis.md of bug_analysis is as it was.\n');
  });

  it.runIf(hasTmux)('an editor opens in a terminal, and what it saves counts', async () => {
    const { directory } = await steered(['pause']);
    const editor = join(directory, 'editor.sh');
    writeFileSync(editor, '#!/bin/sh\nprintf "It counts from one.\\n" > "$2"\n', { mode: 0o700 });
    const terminal = openTerminal({ columns: 100, directory, args: ['edit', 'bug_analysis'], environment: { EDITOR: `${editor} --wait` } });
    await terminal.shows('Kept your version of 01-bug_analysis.md', 'exit code 0');
    const failing = openTerminal({ columns: 100, directory, args: ['edit', 'bug_analysis'], environment: { EDITOR: 'false' } });
    expect(await failing.shows('exit code 2')).toContain('Nothing was changed.');
  });
});
