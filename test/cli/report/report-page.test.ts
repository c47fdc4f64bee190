import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { largestPage, reportPage } from '../../../src/cli/report/report-page.ts';
import { reportOfRun } from '../../../src/operations/report/report-of-run.ts';
import { attributeOf, elementsOf, strangersIn, textOf } from './page-of.ts';
import { hostileTexts } from './hostile-texts.ts';
import { fullRun, longRun, RunWriter } from './run-to-report.ts';

async function pageOf(writer: RunWriter): Promise<string> {
  return reportPage(await reportOfRun(await writer.workspace(), writer.run));
}

const sectionsOf = (page: string) => elementsOf(page).filter(({ tagName }) => tagName === 'section');
/** With its lines and gaps as single spaces. */
const sectionText = (page: string, id: string) =>
  textOf(sectionsOf(page).find((section) => attributeOf(section, 'id') === id)!).replaceAll(/\s+/g, ' ');

describe('the page about a run', () => {
  it('tells of everything in its order, outcome and proof first', async () => {
    const page = await pageOf(fullRun('words'));
    expect(sectionsOf(page).map((section) => attributeOf(section, 'id'))).toEqual([
      'outcome',
      'graph',
      'timeline',
      'tokens',
      'speed',
      'replies',
      'files',
      'steering',
      'decisions',
      'repairs',
      'work',
      'messages',
      'errors',
      'egress',
      'left-out',
    ]);
    expect(sectionText(page, 'outcome')).toMatch(/failed[^]*Not proven[^]*The tests fail with exit code 1/);
    expect(sectionText(page, 'graph')).toContain('✗ failed, developer');
    expect(sectionText(page, 'timeline')).toContain('the signal words');
    expect(sectionText(page, 'tokens')).toMatch(/The run\s*2\s*400\s*200/);
    expect(sectionText(page, 'speed')).toMatch(/Writing the reply\s*2\s*50\.0/);
    expect(sectionText(page, 'replies')).toMatch(/This became the file src\/a\.py\s*old\(\)/);
    expect(sectionText(page, 'files')).toMatch(/repair updated[^]*-old\(\) \+words/);
    expect(sectionText(page, 'steering')).toMatch(
      /UTC: words told the team: words[^]*UTC: words had the run pause\.[^]*UTC: words changed src\/a\.py, which build had given\./,
    );
    expect(sectionText(page, 'decisions')).toMatch(/approve asked: words[^]*words approved it: words/);
    expect(sectionText(page, 'repairs')).toMatch(/repair ✓ completed\s*build\s*words\s*src\/a\.py, words/);
    expect(sectionText(page, 'work')).toMatch(/Tool words \{"path":"words"\}[^]*words/);
    expect(sectionText(page, 'messages')).toContain('words to everyone: words {"said":"words"}');
    expect(sectionText(page, 'errors')).toMatch(/look: words\s*words[^]*words was not written: words/);
    expect(sectionText(page, 'egress')).toContain('10 bytes and 0 tokens went to words');
  });

  it.each([
    ['passed', '✓ passed'],
    ['failed', '✗ failed'],
    ['timed_out', '✗ timed out'],
    ['missing_package', '– missing package'],
  ] as const)('marks a check whose verdict is %s by that, and not by how its command ended', async (verdict, mark) => {
    const writer = new RunWriter().begin().task('build', 1);
    const ran = { command: 'pytest', outcome: 'failed' as const, exitCode: 1, durationMilliseconds: 5, output: '' };
    const verification = { recipe: 'pytest', filesHash: 'h', kind: 'tests' as const, verdict };
    writer.add('activity.started', { activity: 'build/1', task: 'build', kind: 'command', command: 'pytest', timeoutMilliseconds: 5 });
    writer.add('activity.completed', { activity: 'build/1', kind: 'command', ...ran, verification });
    expect(sectionText(await pageOf(writer), 'outcome')).toContain(`${mark} pytest`);
  });

  it('says in every part that there is nothing to tell, where there is nothing', async () => {
    const page = await pageOf(new RunWriter().begin());
    for (const id of [
      'graph',
      'timeline',
      'tokens',
      'speed',
      'replies',
      'files',
      'steering',
      'decisions',
      'repairs',
      'work',
      'messages',
      'errors',
    ])
      expect(sectionText(page, id), id).toMatch(/(?:no|No|Nothing|Nobody|nothing)\b.*\.\s*$/);
  });

  it.each(Object.entries(hostileTexts))('keeps what others wrote text, wherever it stands: %s', async (_, text) => {
    const page = await pageOf(fullRun(text));
    expect(strangersIn(page)).toEqual([]);
    // Beside lines and tabs nothing is in it that a terminal or an editor obeys.
    expect(page).not.toMatch(/[^\P{Cc}\n\t]|[\u{202a}-\u{202e}\u{2066}-\u{2069}]/u);
    expect(elementsOf(page).filter(({ tagName }) => tagName === 'section')).toHaveLength(15);
  });

  it('lets nothing apply but its own style: no program, no picture, no form, nothing from elsewhere', async () => {
    const page = await pageOf(fullRun('words'));
    const elements = elementsOf(page);
    const policy = elements.find((element) => attributeOf(element, 'http-equiv') === 'Content-Security-Policy');
    const style = textOf(elements.find(({ tagName }) => tagName === 'style')!);
    const hash = createHash('sha256').update(style).digest('base64');
    expect(attributeOf(policy!, 'content')).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
    expect(style).not.toMatch(/url\(|@import|expression/);
    expect(elements.indexOf(policy!)).toBeLessThan(elements.findIndex(({ tagName }) => tagName === 'style'));
  });

  it('can be read by a screen reader and with the keyboard alone', async () => {
    const elements = elementsOf(await pageOf(fullRun('words')));
    const ids = elements.flatMap((element) => attributeOf(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const led = elements.flatMap((element) => (element.tagName === 'a' ? [attributeOf(element, 'href') ?? ''] : []));
    expect(led.filter((href) => href.startsWith('#') && !ids.includes(href.slice(1)))).toEqual([]);
    // Each box of the graph leads to its step.
    expect(led.filter((href) => href.startsWith('#step-')).length).toBeGreaterThanOrEqual(4);
    for (const table of elements.filter(({ tagName, attrs }) => tagName === 'table' && attrs.length === 0))
      expect(table.childNodes.some((child) => 'tagName' in child && (child.tagName === 'caption' || child.tagName === 'thead'))).toBe(true);
    for (const drawing of elements.filter(({ tagName }) => tagName === 'svg')) expect(attributeOf(drawing, 'aria-label')).toMatch(/\w/);
    expect(elements.filter(({ tagName }) => tagName === 'main')).toHaveLength(1);
    expect(elements.filter(({ tagName }) => tagName === 'h1')).toHaveLength(1);
    const levels = elements.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : []));
    expect(levels.every((level, index) => level <= (levels[index - 1] ?? 0) + 1)).toBe(true);
  });

  it('is the same, byte for byte, for the same journal', async () => {
    const writer = fullRun('words');
    const workspace = await writer.workspace();
    const page = reportPage(await reportOfRun(workspace, 'r'));
    expect(reportPage(await reportOfRun(workspace, 'r'))).toBe(page);
    expect(await pageOf(fullRun('words'))).toBe(page);
  });

  it('stays below its bound for 2,000 steps, names every step, and says what it leaves out', async () => {
    const page = await pageOf(longRun(2_000));
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(largestPage);
    expect(largestPage).toBe(5_000_000);
    const text = sectionText(page, 'replies');
    for (let number = 1; number <= 2_000; number += 1) expect(text).toContain(`${number}. build_part_${number}`);
    expect(sectionText(page, 'left-out')).toMatch(/Of 2,000 long replies only the beginning is shown\./);
    expect(text).toMatch(/[\d,]+ more characters: multiagent show r --reply build_part_1\b/);
    expect(strangersIn(page)).toEqual([]);
  });

  it('stays below its bound where every text is made to grow', async () => {
    const writer = new RunWriter().begin();
    for (let number = 1; number <= 300; number += 1)
      writer.task(`t${number}`, number, { description: '"'.repeat(5_000) }).replies(`t${number}`, '"&'.repeat(20_000));
    expect(Buffer.byteLength(await pageOf(writer))).toBeLessThanOrEqual(largestPage);
  });

  it('shows nothing of what was said in a private step, and says so', async () => {
    const writer = new RunWriter()
      .begin()
      .task('hidden', 1, { private: true })
      .replies('hidden', 'The password is swordfish.\n\nsecret()\n', { 'a.py': 'secret()\n' });
    writer.add('activity.started', {
      activity: 'hidden/2',
      task: 'hidden',
      kind: 'tool',
      tool: 'read_file',
      arguments: { path: 'swordfish' },
      filesHash: 'h',
    });
    writer.add('message.sent', { from: 'dev_001', to: null, messageType: 'note', content: { task: 'hidden', said: 'swordfish' } });
    const page = await pageOf(writer);
    expect(page).not.toMatch(/swordfish|secret\(\)/);
    expect(sectionText(page, 'left-out')).toContain('What was said in private steps');
    expect(sectionText(page, 'files')).toContain('It was written in a private step, and is not shown here.');
  });
});
