import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keptBaseOf } from '../../../src/orchestrator/showing/project-of-run.ts';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { knowingProject, writeProject } from '../../support/store-with-project.ts';
import { variedWords } from '../../support/varied-words.ts';
import { eventsOfType, startedReplies, teamOnFake, type TeamOnFakeOptions } from '../../support/team-on-fake.ts';

const block = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n`;

const project = {
  'src/total.py': 'def total(lines):\n    return len(lines)\n',
  'src/tax.py': 'RATE = 19\n',
  'notes/plan.md': '# Plan\n',
};
const mended = block('src/total.py', 'def total(lines):\n    return sum(lines)\n');

interface Scene {
  /** What a step answers, by how often it was asked. */
  answers?: Record<string, (time: number, request: RequestRecord) => string>;
  files?: Record<string, string>;
  /** Done before the run begins. */
  meanwhile?: (workspace: string) => void;
  /** Files that the run is given whole. */
  given?: { path: string; content: string }[];
  team?: TeamOnFakeOptions;
  more?: Parameters<typeof knowingProject>[2];
}

/** A bug fix in a project of which the run knows only that it is there. */
async function bugFix({ answers = {}, files = project, meanwhile, given = [], team: options, more }: Scene) {
  const times = new Map<string, number>();
  const usual: Record<string, string> = {
    bug_analysis: 'The total counts the lines and does not add them.',
    bug_fix: mended,
    regression_testing: block('test_total.py', 'def test_total():\n    assert True\n'),
    release_notes: '```markdown:NOTES.md\n# Mended\n```\n',
  };
  const team = await teamOnFake({
    ...options,
    settings: { max_concurrent_agents: 1, ...options?.settings },
    orchestrator: { store: knowingProject(new MemoryEventStore(), files, more) },
    server: {
      ...options?.server,
      reply: (request) => {
        const { taskType = '' } = request;
        const time = (times.get(taskType) ?? 0) + 1;
        times.set(taskType, time);
        return answers[taskType]?.(time, request) ?? usual[taskType] ?? '';
      },
    },
  });
  writeProject(team.workspace, files);
  meanwhile?.(team.workspace);
  const result = await team.engine.executeWorkflow('bug_fix', 'The total is wrong.', { files: given });
  const messagesOf = (taskType: string) =>
    team.server.requests
      .filter((request) => request.taskType === taskType)
      .map(({ body }) => (body['messages'] as { role: string; content: string }[]).map(({ role, content }) => `${role}: ${content}`));
  const reads = eventsOfType(team.events, 'activity.completed').flatMap(({ data }) => (data.kind === 'read' ? [data] : []));
  return { ...team, result, times, messagesOf, reads };
}

function removed(workspace: string, path: string): void {
  rmSync(join(workspace, path), { recursive: true });
}

const asks = (...paths: string[]) => paths.map((path) => `READ: ${path}`).join('\n');

describe('a step that asks for files', () => {
  it('is shown them behind all that was said, goes on, and later steps see it as it was', async () => {
    const { result, messagesOf, reads } = await bugFix({
      answers: { bug_fix: (time) => (time === 1 ? `I have to see it.\n\n${asks('src/total.py', 'src/tax.py')}` : mended) },
    });
    expect(result.status).toBe('completed');
    const [first, second] = messagesOf('bug_fix');
    expect(second!.slice(0, first!.length)).toEqual(first);
    expect(second!.slice(first!.length)).toEqual([
      `assistant: I have to see it.\n\n${asks('src/total.py', 'src/tax.py')}`,
      `user: # What you asked for\n\n\`\`\`src/total.py\n${project['src/total.py']}\`\`\`\n\n\`\`\`src/tax.py\n${project['src/tax.py']}\`\`\`\n\nGo on with your step now.`,
    ]);
    const [next] = messagesOf('regression_testing');
    expect(next!.slice(0, second!.length)).toEqual(second);
    expect(next![second!.length]).toBe(`assistant: ${mended}`);
    expect(reads.flatMap(({ files }) => files.map(({ path, shown }) => [path, shown]))).toEqual([
      ['src/total.py', 'whole'],
      ['src/tax.py', 'whole'],
    ]);
  });

  it('is shown a file that it asks for with a folder too many, and none that only has the same name', async () => {
    const { messagesOf, reads } = await bugFix({
      files: { ...project, 'plan.md': '# Plan\n' },
      answers: { bug_fix: (time) => (time === 1 ? asks('app/src/total.py', 'app/plan.md') : mended) },
    });
    expect(messagesOf('bug_fix')[1]!.at(-1)).toContain(`\`\`\`src/total.py\n${project['src/total.py']}`);
    expect(reads.flatMap(({ files }) => files.map(({ path, shown }) => [path, shown]))).toEqual([
      ['src/total.py', 'whole'],
      ['app/plan.md', 'not'],
    ]);
  });

  it('may be one that writes a text, whose question is no document', async () => {
    const { result, messagesOf, workspace } = await bugFix({
      answers: { bug_analysis: (time) => (time === 1 ? asks('src/total.py') : 'The function counts the lines and does not add them up.') },
    });
    expect(result.status).toBe('completed');
    expect(messagesOf('bug_analysis')[1]!.at(-1)).toContain('return len(lines)');
    expect(readFileSync(join(workspace, 'output/generated/latest/01-bug_analysis.md'), 'utf8')).toBe(
      'The function counts the lines and does not add them up.\n',
    );
  });

  it('is told of a file that it has seen that it has, three times in all, and then that it must go on; it fails where it never does', async () => {
    const { result, messagesOf, times, events } = await bugFix({ answers: { bug_fix: () => asks('src/tax.py') } });
    expect(times.get('bug_fix')).toBe(5);
    const last = messagesOf('bug_fix').at(-1)!;
    expect(last.filter((message) => message.includes('was shown to you before'))).toHaveLength(2);
    expect(last.at(-1)).toContain('No more files can be shown in this step.');
    expect(result.tasks['bug_fix']).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('the reply only asks for files (src/tax.py)') as string,
    });
    const [failed] = eventsOfType(events, 'task.failed');
    expect(failed?.data.error).toMatchObject({ code: 'reply.asks', hint: expect.stringContaining('--file') as string });
  });

  it('gets at most ten at once', async () => {
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`src/m${index}.py`, `N = ${index}\n`]));
    const { messagesOf } = await bugFix({
      files: { ...project, ...files },
      answers: { bug_fix: (time) => (time === 1 ? asks(...Object.keys(files)) : mended) },
    });
    const shown = messagesOf('bug_fix')[1]!.at(-1)!;
    expect(shown.match(/```src\/m\d+\.py/g)).toHaveLength(10);
    expect(shown).toContain('You asked for 12 files; at most 10 are shown at once.');
  });

  it('sees the version of the run, where the run has one', async () => {
    const { messagesOf } = await bugFix({
      answers: {
        regression_testing: (time) => (time === 1 ? asks('src/total.py') : block('test_total.py', 'def test_a():\n    assert True\n')),
        bug_fix: (time) => (time === 1 ? asks('src/total.py') : mended),
      },
    });
    expect(messagesOf('regression_testing')[1]!.at(-1)).toContain('return sum(lines)');
  });

  it('sees the version of the run, and what the project has is still what it was shown of the project', async () => {
    const { orchestrator, result } = await bugFix({
      answers: {
        bug_fix: (time) => (time === 1 ? asks('src/total.py') : mended),
        regression_testing: (time) => (time === 1 ? asks('src/total.py') : block('test_total.py', 'def test_a():\n    assert True\n')),
      },
    });
    const state = await orchestrator.loadRun(result.workflow_id);
    const contentOf = (sha256: string) => orchestrator.store.getContent(sha256);
    const base = await keptBaseOf({ journal: { state }, contentOf }, 'src/total.py');
    expect(Buffer.from(base ?? '').toString('utf8')).toBe(project['src/total.py']);
  });

  it('is told that a file has changed since the run began, and sees it as it is', async () => {
    const { messagesOf, reads } = await bugFix({
      meanwhile: (workspace) => writeProject(workspace, { 'src/tax.py': 'RATE = 7\n' }),
      answers: { bug_fix: (time) => (time === 1 ? asks('src/tax.py') : mended) },
    });
    expect(messagesOf('bug_fix')[1]!.at(-1)).toContain('RATE = 7');
    expect(messagesOf('bug_fix')[1]!.at(-1)).toContain('`src/tax.py` was changed while this run was going on');
    expect(reads[0]!.files[0]).toMatchObject({ shown: 'whole', changed: true });
  });

  it.each<[string, string, RegExp, Partial<Scene>?]>([
    ['that lies outside', '../secret.txt', /is not a path within the project/],
    ['with an absolute path', '/etc/passwd', /is not a path within the project/],
    ['in the folder of Git', '.git/config', /is not a path within the project/],
    ['that nobody chose', 'src/other.py', /is not among the files of the project\./],
    ['with another folder', 'lib/total.py', /is not among the files of the project\. There is: src\/total\.py/],
    ['that is a folder', 'src/', /is a folder\. In it are: src\/tax\.py, src\/total\.py\./],
    [
      'that looks like a secret',
      '.env',
      /looks like a secret/,
      { more: { leftOut: [{ reason: 'secret', count: 1, examples: ['.env'] }] } },
    ],
    [
      'that looks like a secret, in a list from elsewhere',
      'app/.env',
      /looks like a secret, and nobody is shown it/,
      { files: { ...project, 'app/.env': 'A=1' } },
    ],
    [
      'that holds a key by now',
      'src/tax.py',
      /looks like a secret, and nobody is shown it/,
      { meanwhile: (workspace) => writeProject(workspace, { 'src/tax.py': ['KEY = AKIA', 'Q7RT2LMN8VWX4YZP'].join('') }) },
    ],
    [
      'that is gone',
      'gone.py',
      /is no longer there/,
      { files: { ...project, 'gone.py': 'x' }, meanwhile: (workspace) => removed(workspace, 'gone.py') },
    ],
    [
      'that is binary by now',
      'src/tax.py',
      /is no text/,
      { meanwhile: (workspace) => writeFileSync(join(workspace, 'src/tax.py'), Buffer.from([0, 255, 1])) },
    ],
    [
      'that is huge by now',
      'src/tax.py',
      /can no longer be read/,
      { meanwhile: (workspace) => writeFileSync(join(workspace, 'src/tax.py'), 'x'.repeat(2_000_000)) },
    ],
  ])('is refused one %s, with a sentence', async (_, path, sentence, scene = {}) => {
    const { messagesOf, result, reads } = await bugFix({ ...scene, answers: { bug_fix: (time) => (time === 1 ? asks(path) : mended) } });
    expect(messagesOf('bug_fix')[1]!.at(-1)).toMatch(sentence);
    expect(reads[0]!.files[0]).toMatchObject({ shown: 'not' });
    expect(result.status).toBe('completed');
  });

  it('is shown nothing through a link that came in the place of a file, or of its folder', async () => {
    const { messagesOf } = await bugFix({
      meanwhile: (workspace) => {
        writeProject(workspace, { 'outside/plan.md': 'NOT FOR THE MODEL', 'outside/tax.py': 'NOT FOR THE MODEL' });
        removed(workspace, 'src/tax.py');
        symlinkSync(join(workspace, 'outside/tax.py'), join(workspace, 'src/tax.py'));
        removed(workspace, 'notes');
        symlinkSync(join(workspace, 'outside'), join(workspace, 'notes'));
      },
      answers: { bug_fix: (time) => (time === 1 ? asks('src/tax.py', 'notes/plan.md') : mended) },
    });
    expect(messagesOf('bug_fix')[1]!.at(-1)).toMatch(/`src\/tax\.py` is no longer a file.*\n.*`notes\/plan\.md` is no longer a file/);
    expect(JSON.stringify(messagesOf('bug_fix'))).not.toContain('NOT FOR THE MODEL');
  });

  it('sees what a file defines, where the whole would not fit into the context', async () => {
    const long = Array.from({ length: 900 }, (_, index) => `def step_${index}(value):\n    return value + ${index} * ${index}\n\n`).join(
      '',
    );
    const { messagesOf, result } = await bugFix({
      files: { ...project, 'src/long.py': long, 'src/text.txt': 'words and more words\n'.repeat(4000) },
      answers: { bug_fix: (time) => (time === 1 ? asks('src/text.txt', 'src/long.py', 'src/tax.py') : mended) },
    });
    const shown = messagesOf('bug_fix')[1]!.at(-1)!;
    expect(shown).toContain('def step_899(value):');
    expect(shown).not.toContain('return value +');
    expect(shown).toMatch(
      /`src\/long\.py` is too long to be shown whole here \(about \d+ tokens, and there is room for \d+\): above stands only what it defines\./,
    );
    expect(shown).toMatch(/`src\/text\.txt` is too long to be shown whole here \(about \d+ tokens, and there is room for \d+\)\./);
    expect(shown).toContain('RATE = 19');
    expect(result.status).toBe('completed');
  });

  it.each(['skills/release-checklist', 'skills/release-checklist/SKILL.md', '.agents/skills/release-checklist/SKILL.md'])(
    'sees what a skill says (%s), also where every file was given whole',
    async (asked) => {
      const path = '.agents/skills/release-checklist/SKILL.md';
      const { messagesOf, result } = await bugFix({
        files: {},
        more: { skills: [{ name: 'release-checklist', description: 'Before a release.', path }] },
        meanwhile: (workspace) =>
          writeProject(workspace, {
            [path]: '---\nname: release-checklist\ndescription: Before a release.\n---\n\nCount the doors first.\n',
          }),
        answers: { bug_fix: (time) => (time === 1 ? asks(asked) : mended) },
      });
      expect(messagesOf('bug_fix')[0]!.at(-1)).toContain(
        'If you have to see what a skill says, reply with nothing but a line `READ: skills/name` for each',
      );
      expect(messagesOf('bug_fix')[1]!.at(-1)).toContain('Count the doors first.');
      expect(messagesOf('bug_fix')[1]!.at(-1)).not.toContain('description:');
      expect(result.status).toBe('completed');
    },
  );

  it('is told where a skill is gone, and does not get one of a name that the run was not told', async () => {
    const { messagesOf } = await bugFix({
      more: { skills: [{ name: 'gone', description: 'Once.', path: 'skills/gone/SKILL.md' }] },
      meanwhile: (workspace) =>
        writeProject(workspace, { 'skills/late/SKILL.md': '---\nname: late\ndescription: Late.\n---\nNOT FOR THE MODEL\n' }),
      answers: { bug_fix: (time) => (time === 1 ? asks('skills/gone', 'skills/late') : mended) },
    });
    expect(messagesOf('bug_fix')[1]!.at(-1)).toMatch(
      /`skills\/gone` is a skill that is no longer there\.\n- `skills\/late` is not among the files/,
    );
  });

  it('gives a result where it gives files, too', async () => {
    const { times } = await bugFix({ answers: { bug_fix: () => `${asks('src/total.py')}\n\n${block('new.py', 'x = 1\n')}` } });
    expect(times.get('bug_fix')).toBe(1);
  });
});

describe('what a step is told of asking', () => {
  it('stands last in its message where there is something to ask for', async () => {
    const { messagesOf } = await bugFix({});
    for (const step of ['bug_analysis', 'bug_fix', 'regression_testing', 'release_notes'])
      expect(messagesOf(step)[0]!.at(-1)).toMatch(
        /If you have to see a file of the project that does not stand whole above, .*READ: path.* go on with this step\.$/,
      );
  });

  it.each<[string, Partial<Scene>]>([
    ['nothing is unseen', { files: {} }],
    ['the model is small', { team: { server: { model: 'tiny-1b' } } }],
    ['the instructions are brief', { team: { settings: { model_profiles: [{ match: '.', instructions: 'brief' }] } } }],
  ])('is nothing where %s', async (_, scene) => {
    const { server } = await bugFix(scene);
    expect(JSON.stringify(server.requests.map(({ body }) => body))).not.toContain('READ');
  });
});

it('a run without a project that it has not seen takes the lines as what they are', async () => {
  const { times, result } = await bugFix({ files: {}, answers: { bug_fix: () => asks('src/total.py') } });
  expect(times.get('bug_fix')).toBe(2);
  expect(result.tasks['bug_fix']?.error).toContain('no file was given');
});

describe('a reply that replaces a file of the project unseen', () => {
  const blind = block('src/total.py', 'def total(lines):\n    return 0\n');
  const other = block('src/new.py', 'x = 1\n');

  it('is not taken over: the model is shown the file and asked once more, and the rest of the reply stands', async () => {
    const { result, messagesOf, events, workspace } = await bugFix({
      answers: { bug_fix: (time) => (time === 1 ? blind + other : mended) },
    });
    expect(result.status).toBe('completed');
    const [, second] = messagesOf('bug_fix');
    expect(second!.at(-1)).toContain('return len(lines)');
    expect(second!.at(-1)).toContain('What you gave for it was not taken over');
    const written = eventsOfType(events, 'artifact.written').filter(({ data }) => data.task === 'bug_fix');
    expect(written.map(({ data }) => data.path)).toEqual(['src/new.py', 'src/total.py']);
    expect(eventsOfType(events, 'artifact.refused').map(({ data }) => [data.name, data.code])).toEqual([['src/total.py', 'unseen']]);
    expect(workspace).not.toBe('');
  });

  it('counts where it is given again by a model that has seen it', async () => {
    const { result, times } = await bugFix({ answers: { bug_fix: () => blind } });
    expect(times.get('bug_fix')).toBe(2);
    expect(result.tasks['bug_fix']?.status).toBe('completed');
  });

  it('counts at once where the file was asked for before, also by an earlier step', async () => {
    const { times } = await bugFix({
      answers: { bug_analysis: (time) => (time === 1 ? asks('src/total.py') : 'It counts the lines instead of adding them up.') },
    });
    expect(times.get('bug_fix')).toBe(1);
  });

  it('does not count as one where it changes lines that it quotes', async () => {
    const edit = '```python:src/total.py\n<<<<<<< CURRENT\n    return len(lines)\n=======\n    return sum(lines)\n>>>>>>> NEW\n```\n';
    const { times, events } = await bugFix({ answers: { bug_fix: () => edit } });
    expect(times.get('bug_fix')).toBe(1);
    const written = eventsOfType(events, 'artifact.written').find(({ data }) => data.path === 'src/total.py');
    expect(written?.data.bytes).toBe('def total(lines):\n    return sum(lines)\n'.length);
  });

  it('leaves a file alone that is too long to be shown, also the second time', async () => {
    const { result, events } = await bugFix({
      files: { ...project, 'src/total.py': '# a line of words\n'.repeat(10_000) },
      answers: { bug_fix: () => blind + other },
    });
    expect(result.tasks['bug_fix']?.status).toBe('completed');
    expect(eventsOfType(events, 'artifact.written').map(({ data }) => data.path)).not.toContain('src/total.py');
  });
});

it('every message of a step that was asked on is in the journal', async () => {
  const { events } = await bugFix({ answers: { bug_fix: (time) => (time === 1 ? asks('src/total.py') : mended) } });
  const ids = startedReplies(events)
    .filter(({ data }) => data.task === 'bug_fix')
    .map(({ data }) => data.activity);
  expect(ids).toEqual(['bug_fix/1', 'bug_fix/3']);
});

describe('changes of a file by blocks that quote its lines', () => {
  const long = `def total(lines):\n    return len(lines)\n${Array.from({ length: 320 }, (_, line) => `${variedWords(line, 2, '_').toUpperCase()} = "${variedWords(line + 500, 2)}"\n`).join('')}`;
  const edit = (before: string) =>
    `\`\`\`python:total.py\n<<<<<<< CURRENT\n${before}\n=======\n    return sum(lines)\n>>>>>>> NEW\n\`\`\`\n`;
  const given = [{ path: 'total.py', content: long }];

  it.each<[string, Partial<Scene>, boolean]>([
    ['where a file is long', { given }, true],
    ['not where none is', { given: [{ path: 'total.py', content: long.slice(0, 500) }] }, false],
    ['where a file that may be asked for is long', { files: { 'total.py': long.repeat(4) } }, true],
    [
      'not where the profile says that whole files serve better',
      { given, team: { settings: { model_profiles: [{ match: '.', edits: 'whole' }] } } },
      false,
    ],
    ['not to medium models', { given, team: { server: { model: 'some-7b' } } }, false],
  ])('are what a step that writes files is told of %s', async (_, scene, isTold) => {
    const { messagesOf } = await bugFix({ files: {}, ...scene });
    expect(messagesOf('bug_fix')[0]!.at(-1)!.includes('has more than 300 lines is not given whole')).toBe(isTold);
    expect(messagesOf('bug_analysis')[0]!.at(-1)).not.toContain('CURRENT');
  });

  it('are asked for again with the closest lines where they do not fit, and what else was given stands', async () => {
    const { messagesOf, result, events } = await bugFix({
      files: {},
      given,
      answers: {
        bug_fix: (time) =>
          time === 1 ? `${edit('    return length(lines)')}\n${block('new.py', 'x = 1\n')}` : edit('    return len(lines)'),
      },
    });
    const [first, second] = messagesOf('bug_fix');
    expect(second!.slice(0, first!.length)).toEqual(first);
    expect(second!.at(-1)).toContain('These changes of your last reply could not be made:\n- total.py:');
    expect(second!.at(-1)).toContain('The closest lines are 2 to 2:\n      return len(lines)');
    expect(result.tasks['bug_fix']?.status).toBe('completed');
    expect(eventsOfType(events, 'artifact.written').map(({ data }) => data.path)).toEqual(expect.arrayContaining(['new.py', 'total.py']));
    // Both replies stand in the turn: later steps see all that was given.
    expect(messagesOf('regression_testing')[0]!.slice(0, second!.length)).toEqual(second);
  });

  it('are followed by the whole file where they do not fit twice', async () => {
    const { messagesOf, result } = await bugFix({
      files: {},
      given,
      answers: { bug_fix: (time) => (time < 3 ? edit('    return nothing') : block('total.py', long.replace('len', 'sum'))) },
    });
    expect(messagesOf('bug_fix')[2]!.at(-1)).toMatch(
      /^user: Your changes of total\.py could not be made this time either\. Give the whole file now/,
    );
    expect(result.tasks['bug_fix']?.status).toBe('completed');
  });

  it('of a file that the run has written: one more turn with the closest lines, then the whole file, and nothing that was given is lost', async () => {
    const test = block('test_total.py', 'def test_total():\n    assert True\n');
    const whole = block('total.py', long.replace('len', 'sum'));
    const replies = [edit('    return length(lines)') + test, edit('    return size(lines)'), whole];
    const { messagesOf, result, events, times, workspace, orchestrator } = await bugFix({
      files: {},
      answers: { bug_fix: () => block('total.py', long), regression_testing: (time) => replies[time - 1] ?? '' },
    });
    expect(result.tasks['regression_testing']?.status).toBe('completed');
    expect(times.get('regression_testing')).toBe(3);
    const [, second, third] = messagesOf('regression_testing');
    expect(second!.at(-1)).toContain('The closest lines are 2 to 2:\n      return len(lines)');
    expect(third!.at(-1)).toMatch(/^user: Your changes of total\.py could not be made this time either\. Give the whole file now/);
    // Each message stands behind all that was said before.
    expect(third!.slice(0, second!.length)).toEqual(second);
    const read = (path: string) => readFileSync(join(workspace, 'output/generated/latest', path), 'utf8');
    expect(read('total.py')).toBe(long.replace('len', 'sum'));
    expect(read('test_total.py')).toContain('def test_total()');
    // What could not be made is named each time, and the replies are in the journal as they were.
    const refused = eventsOfType(events, 'artifact.refused').filter(({ data }) => data.task === 'regression_testing');
    expect(refused.map(({ data }) => [data.name, data.code])).toEqual([
      ['total.py', 'edit_not_found'],
      ['total.py', 'edit_not_found'],
    ]);
    const { activities } = await orchestrator.loadRun(result.workflow_id);
    expect(['1', '2', '3'].map((number) => (activities.get(`regression_testing/${number}`) as { text?: string }).text)).toEqual(replies);
  });

  it('make the step fail where nothing else comes, and not where something else stands', async () => {
    const alone = await bugFix({ files: {}, given, answers: { bug_fix: () => edit('    return nothing') } });
    expect(alone.times.get('bug_fix')).toBe(3);
    expect(alone.result.tasks['bug_fix']).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('a change could not be made (total.py)') as string,
    });
    expect(eventsOfType(alone.events, 'task.failed')[0]?.data.error.code).toBe('reply.failed_edit');
    const beside = await bugFix({ files: {}, given, answers: { bug_fix: () => edit('    return nothing') + block('new.py', 'x = 1\n') } });
    expect(beside.result.tasks['bug_fix']?.status).toBe('completed');
  });
});
