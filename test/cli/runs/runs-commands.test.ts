import { describe, expect, it } from 'vitest';
import { runCommand } from '../../support/run-command.ts';
import { replyAsTeam } from '../../support/team-replies.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { fake, liveRun, start } from './runs-in-a-project.ts';

describe('going on with a run', () => {
  it('Ctrl-C says once how to go on, and typing that goes on from the saved text to the end', { timeout: 60_000 }, async () => {
    const server = await fake({ pace: 'manual' });
    const directory = temporaryFolder();
    const { ended, kill } = await liveRun(server, directory, 60);
    kill('SIGINT');
    const { code, output, errors } = await ended;
    expect(code).toBe(130);
    const lines = `${output}${errors}`.match(/multiagent resume \S+.*/g) ?? [];
    expect(lines).toHaveLength(1);
    const list = await runCommand(['runs', '--status', 'interrupted'], { directory });
    expect(list.output).toContain(lines[0]?.split(' ')[2]);

    server.gate.open();
    const before = server.requests.length;
    const resumed = await runCommand((lines[0] ?? '').split(' ').slice(1), { directory });
    expect(resumed.errors).toBe('');
    expect(resumed.code).toBe(0);
    expect(resumed.output).toMatch(/continues\nModel fake-model on http[^]*Completed in .*: 4 of 4 tasks/);
    expect(resumed.output).not.toMatch(/multiagent resume/);
    const first = server.requests[before]?.body['messages'] as { role: string }[];
    expect(first.at(-1)?.role).toBe('assistant');
  });

  it('a second Ctrl-C ends at once with 130, says how to go on, and loses nothing that had arrived', { timeout: 60_000 }, async () => {
    const server = await fake({ pace: 'manual' });
    const directory = temporaryFolder();
    server.gate.release(60);
    let begun = false;
    const ended = runCommand(start(server, directory).args, {
      directory,
      onOutput: (_, child) => {
        if (begun) return;
        begun = true;
        // Two signals at once: the second finds the first still at work.
        void server.gate.waiting(1).then(() => (child.kill('SIGINT'), child.kill('SIGTERM')));
      },
    });
    const { code, output, errors } = await ended;
    expect(code).toBe(130);
    expect(`${output}${errors}`.match(/multiagent resume \S+/g)).toHaveLength(1);
    server.gate.open();
    const arrived = server.requests.at(-1)?.replyText;
    const before = server.requests.length;
    const resumed = await runCommand(['resume'], { directory });
    expect(resumed.output).toMatch(/Completed in .*: 4 of 4 tasks/);
    // What was still on its way is generated again; what is saved is what was sent, without a gap.
    expect(arrived?.startsWith(server.requests[before]?.prefill ?? '')).toBe(true);
  });

  it('a killed process leaves an interrupted run, which another process resumes', { timeout: 60_000 }, async () => {
    const server = await fake({ pace: 'manual' });
    const directory = temporaryFolder();
    const { ended, kill } = await liveRun(server, directory);
    kill('SIGKILL');
    await ended;
    const status = await runCommand(['status'], { directory });
    expect(status.output).toMatch(/interrupted[^]*multiagent resume/);
    server.gate.open();
    const { code, output } = await runCommand(['resume', '--quiet'], { directory });
    expect(code).toBe(0);
    expect(output).toMatch(/^Completed in/);
  });

  it(
    'one owner: a live run is not resumed, retried or removed by a second process, which names the first',
    { timeout: 60_000 },
    async () => {
      const server = await fake({ pace: 'manual' });
      const directory = temporaryFolder();
      const { ended, kill } = await liveRun(server, directory);
      for (const args of [
        ['resume', 'latest'],
        ['retry', 'latest'],
        ['rm', 'latest', '--yes'],
      ]) {
        const { code, errors } = await runCommand(args, { directory });
        expect(code, args.join(' ')).toBe(2);
        expect(errors).toMatch(/rocess \d+ on \S+/);
      }
      expect((await runCommand(['runs'], { directory })).output).toContain('running');
      kill('SIGTERM');
      expect((await ended).code).toBe(130);
    },
  );

  it(
    'cancel ends a run of another terminal, and one that nobody works on, and says when there is nothing to end',
    { timeout: 60_000 },
    async () => {
      const server = await fake({ pace: 'manual' });
      const directory = temporaryFolder();
      const { ended } = await liveRun(server, directory);
      const cancelled = await runCommand(['cancel', 'latest'], { directory });
      expect(cancelled).toMatchObject({ code: 0, output: expect.stringMatching(/is cancelled/) as string });
      expect((await ended).code).toBe(130);
      expect((await runCommand(['runs'], { directory })).output).toContain('cancelled');
      expect((await runCommand(['cancel', 'latest'], { directory })).output).toMatch(/has ended already \(cancelled\)/);
    },
  );

  it('retry, rerun and refine do what they name and nothing else', { timeout: 60_000 }, async () => {
    const replies = replyAsTeam();
    const server = await fake({
      reply: (request) =>
        request.taskType?.startsWith('refinement') ? `\`\`\`text:NOTES.txt\nchanged by ${request.taskType}\n\`\`\`\n` : replies(request),
    });
    const directory = temporaryFolder();
    await start(server, directory, 'bug-fix').run();
    const typesOf = async (args: string[], says = /^$/) => {
      const before = server.requests.length;
      const { code, errors } = await runCommand([...args, '--quiet'], { directory });
      expect({ code, errors }).toEqual({ code: 0, errors: expect.stringMatching(says) as string });
      return server.requests.slice(before).map(({ taskType }) => taskType);
    };
    expect(await typesOf(['retry', 'latest', 'regression_testing'])).toEqual(['regression_testing', 'release_notes']);
    const another = /^The model server at \S+ has "fake-model" and answers with it; "another" only says which profile counts\.\n$/;
    expect(await typesOf(['rerun', 'latest', '--from', 'release-notes', '--model', 'another'], another)).toEqual(['release_notes']);
    expect(server.requests.at(-1)?.body['model']).toBe('another');
    expect(await typesOf(['refine', 'latest', 'Say more.', '--tests', '--docs'], another)).toEqual([
      'refinement',
      'refinement_testing',
      'refinement_documentation',
    ]);
    const shown = await runCommand(['show', 'latest'], { directory });
    expect(shown.output).toMatch(/Builds on \S+ \(refine\): Say more\./);
    const { output } = await runCommand(['runs'], { directory });
    expect(output.split('\n').slice(1, 4)).toEqual([
      expect.stringMatching(/ 7\/7 .* bug-fix \(refine\) /),
      expect.stringMatching(/ 4\/4 .* bug-fix \(rerun\) /),
      expect.stringMatching(/ 4\/4 .* bug-fix {2}/),
    ]);
    // What cannot be done is known without a server.
    await server.close();
    for (const [args, says] of [
      [['retry', 'latest'], /No task of the run \S+ has failed/],
      [['retry', 'latest', 'nothing'], /has no task "nothing"/],
      [['rerun', 'latest', '--from', 'nothing'], /has no task "nothing"/],
    ] as const)
      expect(await runCommand([...args], { directory })).toMatchObject({ code: 2, errors: expect.stringMatching(says) as string });
  });

  it('a run whose files were checked or taken back afterwards is still the completed run that it was', { timeout: 60_000 }, async () => {
    const server = await fake();
    const directory = temporaryFolder();
    const { args } = start(server, directory, 'bug-fix');
    expect((await runCommand([...args, '--check', 'true', '--sandbox', 'off', '--quiet'], { directory })).code).toBe(0);
    expect((await runCommand(['runs'], { directory })).output).toMatch(/ completed .* 4\/4 /);
    expect((await runCommand(['undo', 'latest'], { directory })).code).toBe(0);
    expect((await runCommand(['runs', '--status', 'completed'], { directory })).output).toMatch(/ completed /);
    expect((await runCommand(['resume'], { directory })).errors).toMatch(/No run of this workspace was interrupted/);
  });
});
