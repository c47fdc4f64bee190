import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Bubblewrap } from '../../../src/sandbox/bubblewrap/bubblewrap.ts';
import { executeCommand } from '../../../src/tools/built-in/execute-command.ts';
import type { ToolContext } from '../../../src/tools/tool.ts';
import { folderOf } from '../../support/folder-of.ts';
import { noSandbox, skipNote } from '../../support/sandbox-here.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { callTool, toolContext } from '../tool-context.ts';

const sandbox = new Bubblewrap();
const run = (command: string, { workspace = temporaryFolder(), ...changed }: Partial<ToolContext> = {}) =>
  callTool(executeCommand, { command }, toolContext(workspace, { sandbox, ...changed }));

describe('execute_command', () => {
  it('runs nothing where there is no sandbox, and says so', async () => {
    const workspace = temporaryFolder();
    const result = await callTool(executeCommand, { command: 'touch here' }, toolContext(workspace));
    expect(result).toEqual({
      output:
        'The command was not run, because this machine has no sandbox: there is none for the system of a test yet. Go on without commands.',
      isError: true,
      metadata: {},
    });
    expect(readdirSync(workspace)).toEqual([]);
  });

  it.each([
    ['', 'it must not be empty'],
    ['a\0b', 'it must not contain a zero byte'],
    ['x'.repeat(10_001), 'it must have at most 10000 characters'],
  ])('refuses the command %j', async (command, why) => {
    expect(await run(command)).toMatchObject({ isError: true, output: expect.stringContaining(why) });
  });

  describe.skipIf(noSandbox !== undefined)(`in a real sandbox${skipNote}`, () => {
    it("runs in the project's folder, and can change its files", async () => {
      const workspace = folderOf({ 'a.txt': 'one\n' });
      expect(await run('cat a.txt; echo two >> a.txt', { workspace })).toMatchObject({
        output: 'one\n[exit code 0]\n',
        isError: false,
        exitCode: 0,
        metadata: { outcome: 'passed', outputBytes: 4 },
      });
      expect(readFileSync(join(workspace, 'a.txt'), 'utf8')).toBe('one\ntwo\n');
    });

    it('changes neither the settings of Git nor the journal, and does not see the journal', async () => {
      const workspace = folderOf({ '.git/config': 'kept', '.multiagent/state.db': 'the-secret' });
      const { output } = await run('cat .git/config; cat .multiagent/state.db; echo x > .git/config; rm -rf .git .multiagent', {
        workspace,
      });
      expect(output).toMatch(/^kept/);
      expect(output).not.toContain('the-secret');
      expect(readFileSync(join(workspace, '.git/config'), 'utf8')).toBe('kept');
      expect(readFileSync(join(workspace, '.multiagent/state.db'), 'utf8')).toBe('the-secret');
    });

    it('does not see files that hold secrets by their names', async () => {
      const workspace = folderOf({
        '.env': 'the-secret',
        'deploy/id_rsa': 'the-secret',
        'src/a.txt': 'shown',
        '.env.example': 'shown too',
      });
      const { output } = await run('cat .env deploy/id_rsa src/a.txt .env.example; echo x > .env; rm -f .env', { workspace });
      expect(output).toMatch(/^shownshown too/m);
      expect(output).not.toContain('the-secret');
      expect(readFileSync(join(workspace, '.env'), 'utf8')).toBe('the-secret');
    });

    it('writes nowhere else, and has no network', async () => {
      const outside = temporaryFolder();
      await run(`echo x > ${outside}/planted`);
      expect(existsSync(join(outside, 'planted'))).toBe(false);
      const { output } = await run(`cat /proc/net/dev | tail -n +3 | cut -d: -f1`);
      expect(output.replaceAll(' ', '')).toBe('lo\n[exitcode0]\n');
    });

    it('tells how it ended', async () => {
      expect(await run('echo wrong >&2; exit 3')).toMatchObject({ output: 'wrong\n[exit code 3]\n', isError: true, exitCode: 3 });
      const hanging = await run('echo begun; sleep 1000', { callMilliseconds: 400 });
      expect(hanging).toMatchObject({ output: 'begun\n[killed: it did not end within 0.4 seconds]\n', isError: true });
      expect(hanging.exitCode).toBeUndefined();
    });

    it('does not wait for input', async () => {
      expect(await run('cat')).toMatchObject({ output: '[exit code 0]\n' });
    });

    it('keeps the two ends of much output, without what a terminal obeys', async () => {
      const { output, cut, metadata } = await run(
        String.raw`printf '\033[31mfirst\033[0m\n'; head -c 1000000000 /dev/zero | tr '\0' 'x'; echo; echo last`,
      );
      expect(output).toMatch(/^first\n… (?:\d+ lines?, )?\d+ bytes left out …\n(?:x+\n)?last\n\[exit code 0\]\n$/);
      expect(cut!.bytes).toBeGreaterThan(999_000_000);
      expect(metadata['outputBytes']).toBeGreaterThan(1_000_000_000);
    });

    it('gets no secrets, and prints none', async () => {
      const environment = { PATH: '/usr/bin:/bin', HOME: '/home/somebody', MY_TOKEN: 'the-secret', PLAIN: 'hidden-value' };
      const { output } = await run('env; echo hidden-value; echo Authorization: Bearer abcdefgh', {
        environment,
        secrets: ['hidden-value'],
      });
      expect(output).toMatch(/^\[redacted\]$/m);
      expect(output).not.toMatch(/the-secret|hidden-value|abcdefgh/);
    });

    it('is stopped when the signal says so, and that is thrown', async () => {
      const stop = new AbortController();
      const workspace = temporaryFolder();
      const running = run('echo begun > begun; sleep 1000', { workspace, signal: stop.signal });
      while (!existsSync(join(workspace, 'begun'))) await new Promise((resolve) => setImmediate(resolve));
      stop.abort(new Error('stopped by the person'));
      await expect(running).rejects.toThrow('stopped by the person');
    });
  });
});
