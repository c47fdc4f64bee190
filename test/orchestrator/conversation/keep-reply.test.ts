import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileFormats } from '../../../src/files/file-formats.ts';
import { eventsOfType, teamOnFake, type TeamOnFakeOptions } from '../../support/team-on-fake.ts';

const requirement = 'Mend the total.';
const file = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n`;

type BugFixOptions = Omit<TeamOnFakeOptions, 'server'> & { files?: { path: string; content: string }[]; analysis?: string };

/** A bug fix whose developer replies like this; the steps after it write a file of their own. */
async function bugFix(reply: string, options: BugFixOptions = {}) {
  const { files = [], analysis = 'It adds wrongly.', settings, ...others } = options;
  const team = await teamOnFake({
    ...others,
    settings: { max_concurrent_agents: 1, ...settings },
    server: {
      reply: ({ taskType, step }) =>
        taskType === 'bug_fix' ? reply : step === 1 ? analysis : file(`${taskType}.py`, 'def test_total():\n    assert True\n'),
    },
  });
  const result = await team.engine.executeWorkflow('bug_fix', requirement, { files });
  const { outputFolder } = team.orchestrator;
  const generated = join(outputFolder, 'generated', result.workflow_id);
  return {
    ...team,
    result,
    task: result.tasks['bug_fix'],
    outputFolder,
    generated,
    read: (path: string) => readFileSync(join(generated, path), 'utf8'),
  };
}

const edit = (path: string, before: string, after: string) => `CHANGE: ${path}\n<<<<<<< CURRENT\n${before}=======\n${after}>>>>>>> NEW\n`;

describe('the files that the user gave', () => {
  const files = [{ path: 'src/total.py', content: 'def total(a, b):\n    return a - b\n' }];

  it('are what changes start from, and the changed file is whole', async () => {
    const { task, read } = await bugFix(edit('src/total.py', '    return a - b\n', '    return a + b\n'), { files });
    expect(task).toMatchObject({ status: 'completed', result: { files_refused: [] } });
    expect(read('src/total.py')).toBe('def total(a, b):\n    return a + b\n');
  });

  it('are not replaced by a fraction of themselves', async () => {
    const long = [{ path: 'src/total.py', content: '# one line of many\n'.repeat(200) }];
    const { task } = await bugFix(`${file('src/total.py', 'x = 1\n')}\n${file('src/b.py', 'y = 1\n')}`, { files: long });
    expect(task?.result?.files_created.map(({ path }) => path)).toEqual(['src/b.py']);
    expect(task?.result?.files_refused).toMatchObject([{ name: 'src/total.py', code: 'shrinks' }]);
  });
});

describe('a block that is refused', () => {
  const reply = `${file('../../evil.py', 'evil = True\n')}\n${file('good.py', 'x = 1\n')}`;

  it('is told with its code, and its text is kept in output/rejected/<run id>', async () => {
    const { result, task, events, outputFolder, read } = await bugFix(reply);
    const [refused] = task?.result?.files_refused ?? [];
    expect(refused).toMatchObject({ code: 'outside', reason: expect.stringContaining("'..'") });
    const folder = join(outputFolder, 'rejected', result.workflow_id);
    expect(readdirSync(folder)).toEqual([refused?.kept_as]);
    expect(readFileSync(join(folder, refused?.kept_as ?? ''), 'utf8')).toBe('evil = True\n');
    expect(eventsOfType(events, 'artifact.refused')[0]?.data).toMatchObject({ code: 'outside', keptAs: refused?.kept_as });
    const summary = readFileSync(join(outputFolder, `workflow_summary_${result.workflow_id}.md`), 'utf8');
    expect(summary).toContain(`rejected/${result.workflow_id}/${refused?.kept_as}`);
    expect(read('good.py')).toBe('x = 1\n');
  });

  it('leaves no folder for rejected texts where there are none', async () => {
    const { outputFolder } = await bugFix(file('good.py', 'x = 1\n'));
    expect(existsSync(join(outputFolder, 'rejected'))).toBe(false);
  });
});

it("files are also named in a way of the user's own", async () => {
  const saveTo = {
    name: 'save-to',
    nameOf: ({ info }: { info: string }) => (info.startsWith('=> ') ? { path: info.slice(3) } : undefined),
  };
  const { task, events } = await bugFix('```=> src/own.py\nx = 1\n```\n', { orchestrator: { formats: [saveTo, ...fileFormats] } });
  expect(task?.result?.files_created.map(({ path }) => path)).toEqual(['src/own.py']);
  expect(eventsOfType(events, 'artifact.written').find(({ data }) => data.path === 'src/own.py')?.data.format).toBe('save-to');
});

it('what a file held before a later step changed it is in the record', async () => {
  const { events } = await bugFix(file('testing.py', 'x = 1\n'));
  const again = await bugFix(file('regression_testing.py', 'y = 2\n'));
  expect(eventsOfType(events, 'artifact.written').every(({ data }) => data.replaced === undefined)).toBe(true);
  const versions = eventsOfType(again.events, 'artifact.written').filter(({ data }) => data.path === 'regression_testing.py');
  expect(versions).toHaveLength(2);
  expect(versions[1]?.data.replaced).toBe(versions[0]?.data.sha256);
});

it('a file whose end was forgotten before another one began is written although the reply was cut off later', async () => {
  const reply = `\`\`\`python:a.py\na = 1\n\n${file('b.py', 'b = 1\n')}\n\`\`\`python:c.py\n${'c = 1\n'.repeat(300)}`;
  const { task, generated } = await bugFix(reply, { settings: { llm_max_tokens: 60 } });
  expect(task).toMatchObject({ status: 'failed' });
  expect(readdirSync(generated).filter((name) => name.endsWith('.py'))).toEqual(['a.py', 'b.py']);
});

it('a step that expects text changes no file: the code in its reply is a quotation', async () => {
  const files = [{ path: 'src/total.py', content: 'def total(a, b):\n    return a - b\n' }];
  const quoting = `The fault is here:\n\n${file('src/total.py', 'return a - b\n')}`;
  const { events, result, read, generated } = await bugFix(file('src/total.py', 'def total(a, b):\n    return a + b\n'), {
    files,
    analysis: quoting,
  });
  expect(result.status).toBe('completed');
  expect(read('01-bug_analysis.md')).toBe(quoting);
  const [first] = eventsOfType(events, 'artifact.written');
  expect(first?.data).toMatchObject({ path: '01-bug_analysis.md', format: 'reply' });
  expect(eventsOfType(events, 'artifact.refused')).toEqual([]);
  expect(readFileSync(join(generated, 'src/total.py'), 'utf8')).toContain('a + b');
});

it("a text step's reply is kept without the fence that was put around it", async () => {
  const { read } = await bugFix(file('src/total.py', 'x = 1\n'), { analysis: '```markdown\n# Analysis\n\nIt adds wrongly.\n```\n' });
  expect(read('01-bug_analysis.md')).toBe('# Analysis\n\nIt adds wrongly.\n');
});
