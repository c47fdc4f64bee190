import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../support/run-command.ts';
import { project } from '../asking/project-with-people.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** A run that asks for an approval (three days at most), and whose process was killed while it stayed for it, as by a power cut. */
async function cutOff() {
  const place = await project();
  const { directory } = place;
  const id = /Run (\S+): /.exec((await place.run()).output)?.[1] ?? '';
  const { code } = await runCommand(['resume', id, '--stay', '--json'], {
    directory,
    onOutput: (output, child) => {
      if (output.includes('"run.resumed"')) child.kill('SIGKILL');
    },
  });
  expect(code).toBe(null);
  const journal = join(directory, '.multiagent', 'state.db');
  /** As another process sees it, after the machine has started again. */
  const later = (moved: number, ...args: string[]) =>
    runCommand(args, {
      directory,
      environment: { NODE_OPTIONS: `--import=${join(import.meta.dirname, 'moved-clock.ts')}`, CLOCK_MOVED_BY: String(moved) },
    });
  return { ...place, id, later, journal };
}

/** Gives the lease that the killed process left to another machine, or to a process that is there now. */
function leaveLeaseTo(journal: string, { host, pid }: { host?: string; pid?: number }): void {
  const database = new DatabaseSync(journal);
  const { changes } = database
    .prepare('UPDATE leases SET host = coalesce(?, host), pid = coalesce(?, pid) WHERE nonce IS NOT NULL')
    .run(host ?? null, pid ?? null);
  database.close();
  expect(changes, 'the killed process left its lease').toBe(1);
}

function decisionsIn(journal: string): { decision: string; by: string }[] {
  const database = new DatabaseSync(journal, { readOnly: true });
  const rows = database.prepare("SELECT data FROM events WHERE type = 'task.decided' ORDER BY sequence").all();
  database.close();
  return rows.map(({ data }) => JSON.parse(String(data)) as { decision: string; by: string });
}

describe('an approval over a restart of the machine', () => {
  it.each([
    ['soon after', hour],
    ['days after its time was over, before anybody resumed the run', 5 * day],
    ['where the clock was set back by days', -5 * day],
  ])('is decided %s, from another process, which goes on to the end', async (_, moved) => {
    const { id, later, journal } = await cutOff();
    const { code, output, errors } = await later(moved, 'approve', id, '--comment', 'Good.');
    expect({ code, errors }, output).toEqual({ code: 0, errors: '' });
    expect(output).toContain('Completed');
    expect(decisionsIn(journal)).toMatchObject([{ decision: 'approved', comment: 'Good.' }]);
    // Whoever comes too late is told so.
    expect(await later(moved, 'reject', id, '--comment', 'No.')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('has ended (completed)') as string,
    });
  });

  it('is over where its time has passed and somebody resumes the run: the step fails, and a later decision is refused', async () => {
    const { id, later, journal } = await cutOff();
    const { code, output } = await later(4 * day, 'resume', id);
    expect(code, output).toBe(1);
    expect(decisionsIn(journal)).toMatchObject([{ decision: 'rejected', by: 'timeout' }]);
    expect(await later(4 * day, 'approve', id)).toMatchObject({ code: 2, errors: expect.stringContaining('has ended (failed)') as string });
  });

  it('still waits where the clock was set back, and says until when', async () => {
    const { id, later } = await cutOff();
    const { code, output } = await later(-5 * day, 'resume', id);
    expect(code, output).toBe(4);
    expect(output).toMatch(/^ {2}Waits {4}until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d; no process runs until then$/m);
    expect(output).toContain('approval asks: May this go out?');
    expect((await later(-5 * day, 'approve', id)).code).toBe(0);
  });

  it.each([
    ['another process has its number now', { pid: process.pid }],
    ['the machine has another name now', { host: 'renamed' }],
  ])('is decided, and the run goes on, where %s', async (_, owner) => {
    const { id, later, journal } = await cutOff();
    leaveLeaseTo(journal, owner);
    const { code, output, errors } = await later(hour, 'approve', id);
    expect({ code, errors }, output).toEqual({ code: 0, errors: '' });
    expect(output).toContain('Completed');
  });
});

it('of two people who decide at once, each in a process of their own, one decides, and the other is told who was faster', async () => {
  const { run, call, directory } = await project();
  const id = /Run (\S+): /.exec((await run()).output)?.[1] ?? '';
  const decided = await Promise.all([
    call('approve', id, 'approval', '--no-resume', '--comment', 'Yes.'),
    call('reject', id, 'approval', '--no-resume', '--comment', 'In French.'),
    call('approve', id, 'approval', '--no-resume', '--comment', 'Also yes.'),
  ]);
  expect(decided.map(({ code }) => code)).toEqual(expect.arrayContaining([0, 2]));
  const [winner, ...more] = decided.filter(({ code }) => code === 0);
  expect(more).toEqual([]);
  const [made, ...others] = decisionsIn(join(directory, '.multiagent', 'state.db')) as { comment?: string }[];
  expect(others).toEqual([]);
  expect(winner?.output).toContain(`: ${made?.comment}`);
  for (const { errors } of decided.filter(({ code }) => code === 2)) {
    expect(errors).toContain('approval was decided before, on ');
    expect(errors).toContain(`: ${made?.comment}`);
  }
});
