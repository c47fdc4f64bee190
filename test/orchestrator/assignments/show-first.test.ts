import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { knowingProject, writeProject } from '../../support/store-with-project.ts';
import { variedWords } from '../../support/varied-words.ts';
import { eventsOfType, teamOnFake } from '../../support/team-on-fake.ts';

const total = 'def total(lines):\n    return len(lines)\n';
const mended = 'def total(lines):\n    return sum(lines)\n';
const project = {
  'src/total.py': total,
  'src/tax.py': 'RATE = 19\n',
  'README.md': '# Bills\n\nWhat a person wrote.\n',
  'RELEASE_NOTES.md': '# 1.0\n',
};

type Messages = { role: string; content: string }[];
const asked = ({ body }: RequestRecord) =>
  (body['messages'] as Messages | undefined)?.findLast(({ role }) => role === 'user')?.content ?? '';

interface Scene {
  requirement?: string;
  workflow?: string;
  files?: Record<string, string>;
  near?: string[];
  onDisk?: Record<string, string>;
  answer?: (message: string) => string | undefined;
}

/** What a small model is asked in a project of which the run has shown nothing. */
async function small({
  requirement = '`src/total.py` is wrong.',
  workflow = 'bug_fix',
  files = project,
  near = ['src/total.py'],
  onDisk = files,
  answer,
}: Scene) {
  const team = await teamOnFake({
    settings: { max_concurrent_agents: 1 },
    orchestrator: { store: knowingProject(new MemoryEventStore(), files, { near }) },
    server: {
      model: 'some-coder-1.5b-instruct',
      contextTokens: 16_384,
      reply: (request) => {
        const message = asked(request);
        const given = answer?.(message);
        if (given !== undefined) return given;
        if (message.includes('file src/total.py in a code block')) return `\`\`\`python\n${mended}\`\`\`\n`;
        if (message.includes('test_total'))
          return '```python\nimport unittest\n\n\nclass TestTotal(unittest.TestCase):\n    def test_it(self):\n        self.assertTrue(True)\n```\n';
        return 'The lines are counted where they should be added.';
      },
    },
  });
  writeProject(team.workspace, onDisk);
  const result = await team.engine.executeWorkflow(workflow, requirement);
  const folder = join(team.workspace, 'output/generated/latest');
  return {
    ...team,
    result,
    messages: team.server.requests.map(asked).filter((message) => message !== ''),
    written: (path: string) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined),
    reads: eventsOfType(team.events, 'activity.completed').flatMap(({ data }) => (data.kind === 'read' ? [data] : [])),
  };
}

describe('a small model that is to change a file of the project which nobody was shown', () => {
  it('sees the file before the words that ask for it, and nothing else is new to it', async () => {
    const { result, messages, reads, written } = await small({});
    expect(result.error).toBe(null);
    const message = messages.find((one) => one.includes('file src/total.py in a code block'))!;
    expect(message).toContain(`# What stands there already\n\n\`\`\`src/total.py\n${total}\`\`\`\n\n`);
    expect(message.indexOf('# What stands there already')).toBeGreaterThan(message.indexOf('is wrong.'));
    expect(reads).toEqual([expect.objectContaining({ files: [expect.objectContaining({ path: 'src/total.py', shown: 'whole' })] })]);
    expect(written('src/total.py')).toBe(mended);
  });

  it('chooses among those that the requirement speaks of where none was given', async () => {
    const { messages } = await small({
      requirement: 'The sum of a bill is too small.',
      near: ['src/total.py', 'src/tax.py'],
      answer: (message) => (message.endsWith('Answer with the names only.') ? 'src/total.py' : undefined),
    });
    expect(messages).toContainEqual(expect.stringContaining('Which of these files must be changed: `src/total.py`, `src/tax.py`?'));
    expect(messages.filter((one) => one.includes('src/tax.py in a code block'))).toEqual([]);
  });

  it('is not asked for what it could not give whole, and the step says why', async () => {
    const long = { 'src/total.py': `"""\n${variedWords(1, 12_000)}\n"""\n` };
    const { result, messages, written, events } = await small({ files: long });
    expect(eventsOfType(events, 'task.failed')[0]?.data.error).toMatchObject({
      code: 'project.not_shown',
      hint: expect.stringContaining('Take a larger model') as string,
    });
    expect(messages.filter((one) => one.includes('in a code block'))).toEqual([]);
    expect(result.tasks['bug_fix']?.error).toBe(
      'The team did not change src/total.py: it is too long for this model to see it and to give it again.',
    );
    expect(written('src/total.py')).toBeUndefined();
  });

  it('is not asked for one that is gone', async () => {
    const { result } = await small({ onDisk: {} });
    expect(result.tasks['bug_fix']?.error).toBe('The team did not change src/total.py: it cannot be read any more.');
  });

  it('leaves alone what a person has written under the name of a file that nobody asked for', async () => {
    const { result, written } = await small({});
    expect(result.tasks['release_notes']).toMatchObject({ status: 'completed', result: { changed_nothing: true } });
    expect(written('RELEASE_NOTES.md')).toBeUndefined();
  });

  it('is shown it again with each further try, in the same words', async () => {
    let times = 0;
    const { result, messages } = await small({
      answer: (message) =>
        message.includes('file src/total.py in a code block') && (times += 1) === 1 ? '```python\ndef total(:\n```\n' : undefined,
    });
    expect(result.status).toBe('completed');
    const [first, second] = messages.filter((one) => one.includes('file src/total.py in a code block'));
    expect(second).toBe(first);
  });
});

it('a run that rightly leaves an unseen file of the project alone does not lack it', async () => {
  const { result } = await small({
    workflow: 'feature_development',
    requirement: 'Write `src/rates.py` with the function `rate()`. It is called by `src/total.py`.',
    answer: (message) => {
      if (message.includes('src/rates.py in a code block')) return '```python\ndef rate():\n    return 19\n```\n';
      if (message.includes('Dockerfile')) return 'FROM python:3.12\n';
      return message.includes('test_rates')
        ? '```python\nimport unittest\n\n\nclass TestRate(unittest.TestCase):\n    def test_it(self):\n        self.assertTrue(True)\n```\n'
        : undefined;
    },
  });
  expect(result.error).toBe(null);
});
