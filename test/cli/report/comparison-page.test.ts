import { describe, expect, it } from 'vitest';
import { comparisonPage } from '../../../src/cli/report/comparison-page.ts';
import { compareRuns } from '../../../src/operations/report/compare-runs.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { hostileTexts } from './hostile-texts.ts';
import { attributeOf, elementsOf, strangersIn, textOf } from './page-of.ts';
import { fullRun, RunWriter } from './run-to-report.ts';

async function compared(one: RunWriter, other: RunWriter) {
  const [store, folder] = [new MemoryEventStore(), temporaryFolder()];
  await one.workspace(store, folder);
  return compareRuns(await other.workspace(store, folder), one.run, other.run);
}

const shop = (run: string, files: Record<string, string>) => {
  const writer = new RunWriter(run).begin().task('build', 1).replies('build', 'Done.');
  for (const [path, content] of Object.entries(files)) writer.file('build', path, content);
  return writer;
};

const sectionText = (page: string, id: string) =>
  textOf(elementsOf(page).find((element) => element.tagName === 'section' && attributeOf(element, 'id') === id)!).replaceAll(/\s+/g, ' ');

describe('two runs side by side', () => {
  it('tells what differs: outcome, steps, and each file', async () => {
    const one = shop('r1', { 'same.py': 's()\n', 'a.py': 'old()\n', 'gone.py': 'g()\n' });
    const other = shop('r2', { 'same.py': 's()\n', 'a.py': 'new()\n', 'fresh.py': 'f()\n' }).task('test', 2);
    const page = comparisonPage(await compared(one, other.add('run.finished', { status: 'completed', durationMilliseconds: 1 })));
    expect(sectionText(page, 'outcome')).toMatch(/r1r2 Outcome… interrupted✓ completed[^]*Tokens written5050/);
    expect(sectionText(page, 'steps')).toMatch(/testnot in this run… pending/);
    const files = sectionText(page, 'files');
    expect(files).toContain('3 files differ or are in one of the runs only, 1 is the same.');
    expect(files).toMatch(
      /a\.py differs[^]*-old\(\) \+new\(\)[^]*fresh\.py is only in the later run f\(\)[^]*gone\.py is only in the earlier run[^]*-g\(\)/,
    );
    expect(files).not.toContain('same.py');
  });

  it('has the earlier run first, however they are named, and is the same each time', async () => {
    const [one, other] = [shop('r1', { 'a.py': '1' }), shop('r2', { 'a.py': '2' })];
    expect(comparisonPage(await compared(other, one))).toBe(comparisonPage(await compared(one, other)));
  });

  it('shows no file of a private step', async () => {
    const hidden = new RunWriter('r2')
      .begin()
      .task('build', 1, { private: true })
      .replies('build', 'x')
      .file('build', 'a.py', 'swordfish()\n');
    const page = comparisonPage(await compared(shop('r1', { 'a.py': 'old()\n' }), hidden));
    expect(page).not.toMatch(/swordfish|old\(\)/);
    expect(sectionText(page, 'files')).toContain('a.py differs It was written in a private step');
  });

  it.each(Object.entries(hostileTexts))('keeps what others wrote text: %s', async (_, text) => {
    expect(strangersIn(comparisonPage(await compared(fullRun(text, 'r1'), fullRun(`${text} `, 'r2'))))).toEqual([]);
  });

  it('is none of a run and itself', async () => {
    const workspace = await shop('r1', {}).workspace();
    await expect(compareRuns(workspace, 'r1', 'r1')).rejects.toMatchObject({ code: 'report.same_run' });
  });
});
