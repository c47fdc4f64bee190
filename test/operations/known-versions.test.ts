import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planApply } from '../../src/project/changes/apply-files.ts';
import { backupsOf, lastApplied } from '../../src/operations/project-backups.ts';
import { knownVersions } from '../../src/operations/known-versions.ts';
import { MemoryEventStore } from '../support/memory-store/memory-event-store.ts';
import { foldRun } from '../../src/state/run/run-state.ts';
import type { NewEvent } from '../../src/state/store/event-store.ts';
import { hashContent } from '../../src/utils/hash-content.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { started, writeRun } from '../support/run-events.ts';

const [first, second, stranger] = ['20260101-000000000-aaaa', '20260102-000000000-bbbb', '20260103-000000000-cccc'] as const;
const bytes = (text: string) => Buffer.from(text);

/** The second run builds on the first, which has read a.py and b.py; the stranger knows nothing of either. */
async function project() {
  const workspace = temporaryFolder();
  const store = new MemoryEventStore();
  const files = [
    { path: 'a.py', content: 'read a' },
    { path: 'b.py', content: 'read b' },
  ];
  const withData = (event: NewEvent, data: object) => ({ ...event, data: { ...event.data, ...data } }) as NewEvent;
  await writeRun(store, first, [withData(started(first), { input: { requirement: 'x', files } })]);
  await writeRun(store, second, [
    withData(started(second), { input: { requirement: 'x', files }, inherits: { run: first, how: 'refine', tasks: [] } }),
  ]);
  await writeRun(store, stranger, [started(stranger)]);
  const known = async (run: string) => knownVersions({ store, workspace, state: await foldRun(store.read(`run:${run}`)) });
  const baseOf = async (run: string, path: string) => {
    const base = await (await known(run)).base(path);
    return base === undefined ? undefined : Buffer.from(base).toString();
  };
  const apply = (run: string, path: string, after: string, merged?: string, now = 0) =>
    backupsOf(workspace, run).add(
      [{ path, before: undefined, after: bytes(after), ...(merged === undefined ? {} : { merged: bytes(merged) }) }],
      now,
    );
  return { workspace, store, known, baseOf, apply };
}

describe('what a run knows of the files of a project', () => {
  it('is what it was given to read, until it was applied', async () => {
    const { baseOf, apply } = await project();
    expect(await baseOf(first, 'a.py')).toBe('read a');
    await apply(first, 'a.py', 'applied a');
    expect(await baseOf(first, 'a.py')).toBe('applied a');
    expect(await baseOf(first, 'b.py')).toBe('read b');
  });

  it('is what the run that it builds on has brought, and nothing of a stranger', async () => {
    const { baseOf, apply } = await project();
    await apply(first, 'a.py', 'with an edit', 'brought');
    expect(await baseOf(second, 'a.py')).toBe('brought');
    expect(await baseOf(stranger, 'a.py')).toBeUndefined();
  });

  it('is the version of the project for a file that was there and was not shown, as long as nobody has changed it', async () => {
    const { workspace, store, known } = await project();
    const run = '20260104-000000000-dddd';
    const line = (path: string, content: string) => JSON.stringify({ path, sha256: hashContent(content), bytes: content.length });
    const base = await store.putContent(bytes(`${line('c.py', 'there')}\n${line('d.py', 'also there')}\nno line of ours\n`));
    const knowledge = {
      standing: 's',
      relevant: '',
      base,
      fileCount: 2,
      tokens: 1,
      near: [],
      conventions: [],
      skills: [],
      notes: [],
      leftOut: [],
    };
    const begun = started(run);
    await writeRun(store, run, [
      { ...begun, data: { ...begun.data, input: { requirement: 'x', files: [], project: knowledge } } } as NewEvent,
    ]);
    writeFileSync(join(workspace, 'c.py'), 'there');
    const plan = async () => {
      const files = ['c.py', 'd.py', 'new.py'].map((path) => ({ path, content: bytes('of the run') }));
      const { changes, conflicts } = await planApply(workspace, files, { known: await known(run) });
      return { changed: changes.map(({ path }) => path), conflicts: conflicts.map(({ path, why }) => `${path}: ${why}`) };
    };
    expect(await plan()).toEqual({
      changed: ['c.py', 'new.py'],
      conflicts: ['d.py: it was in the project when the run began, and is not there any more'],
    });
    writeFileSync(join(workspace, 'c.py'), 'changed meanwhile');
    expect((await plan()).conflicts[0]).toBe('c.py: it is in the project already, but the run has not read it');
  });

  it('tells what stands as any run brought it from what somebody has written', async () => {
    const { known, apply } = await project();
    await apply(first, 'a.py', 'with an edit', 'brought');
    const versions = await known(stranger);
    expect(versions.wasBrought('a.py', bytes('brought'))).toBe(true);
    expect(versions.wasBrought('a.py', bytes('with an edit')), 'a merge holds work of somebody').toBe(false);
    expect(versions.wasBrought('b.py', bytes('brought'))).toBe(false);
  });

  it('comes from the journal where an earlier version of the program kept no copy', async () => {
    const { workspace, store, baseOf, known, apply } = await project();
    const backup = await apply(first, 'a.py', 'x');
    const after = await store.putContent(bytes('applied a'));
    writeFileSync(
      join(backup, 'record.json'),
      JSON.stringify({ version: 1, appliedAt: '2026-01-01T00:00:00.000Z', files: [{ path: 'a.py', before: null, after }] }),
    );
    expect(await baseOf(first, 'a.py')).toBe('applied a');
    expect((await known(stranger)).wasBrought('a.py', bytes('applied a'))).toBe(true);
    expect(after).toBe(hashContent(bytes('applied a')));
    expect(await lastApplied(workspace)).toBe(first);
  });

  it('is less where a record cannot be read, and the others count', async () => {
    const { baseOf, apply, known } = await project();
    writeFileSync(join(await apply(first, 'a.py', 'applied a'), 'record.json'), '{');
    await apply(stranger, 'b.py', 'b');
    expect(await baseOf(first, 'a.py')).toBe('read a');
    expect((await known(first)).wasBrought('b.py', bytes('b'))).toBe(true);
  });
});

it('the run that was applied last is told by time, not by when it began', async () => {
  const { workspace, apply } = await project();
  expect(await lastApplied(workspace)).toBeUndefined();
  await apply(second, 'a.py', 'x', undefined, 1000);
  await apply(first, 'a.py', 'x', undefined, 2000);
  expect(await lastApplied(workspace)).toBe(first);
});
