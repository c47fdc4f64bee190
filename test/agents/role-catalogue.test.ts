import { globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { BaseAgent } from '../../src/agents/base-agent.ts';
import { createTeam } from '../../src/agents/create-team.ts';
import { builtInRoles, RoleCatalogue } from '../../src/agents/role-catalogue.ts';
import { teamInstructions } from '../../src/agents/team-instructions.ts';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';
import { temporaryProject } from '../config/temporary-project.ts';

const reviewer = `---
title: Code Reviewer
skills: [reading, patience]
settings:
  strictness: { type: number, from: 1, to: 5, default: 3, description: How strict it is. }
task_types:
  code_review: { expects: text, full: 'Review the code, with strictness {{strictness}}.' }
---

You read code and say what is wrong with it.
`;

/** The error that reading these roles of a workspace ends with. */
function problemOf(files: Record<string, string>): MultiagentError {
  const workspace = temporaryProject(files);
  try {
    expect(new RoleCatalogue({ workspace }).roles).toEqual([]);
  } catch (error) {
    if (error instanceof MultiagentError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const inWorkspace = (name: string) => join('.multiagent', 'agents', name);

describe('roles in layers', () => {
  it('are built in, the person’s and the workspace’s, and an agent of the program takes a role over from all of them', () => {
    const ownFolder = temporaryProject({
      'agents/code_reviewer.md': reviewer,
      'agents/developer.md': '---\ntitle: Rust Developer\n---\nYou write Rust.\n',
    });
    const workspace = temporaryProject({
      [inWorkspace('developer/role.md')]: '---\nskills: [embedded]\n---\n',
      [inWorkspace('translator.md')]: '---\ntitle: Translator\norder: 0\n---\nYou translate.\n',
    });
    const roles = new RoleCatalogue({ ownFolder, workspace });
    const layers = roles.list().map(({ role, layer }) => [role.id, layer]);
    expect(layers[0]).toEqual(['translator', 'workspace']);
    expect(layers.at(-1)).toEqual(['code_reviewer', 'user']);
    expect(layers).toContainEqual(['developer', 'workspace']);
    const builtIn = builtInRoles().roles.map(({ id }) => id);
    expect(layers.filter(([, layer]) => layer === 'built_in').map(([id]) => id)).toEqual(builtIn.filter((id) => id !== 'developer'));
    // What a role leaves out is that of the one in whose place it stands.
    expect(roles.find('developer')).toMatchObject({ title: 'Rust Developer', agentId: 'dev_001', skills: ['embedded'], order: 2 });
    expect(roles.find('developer')?.persona.full).toBe('You write Rust.');

    class OwnReviewer extends BaseAgent {
      override getSystemPrompt = () => 'Mine.';
    }
    const own = new OwnReviewer({ id: 'own_001', role: 'code_reviewer', title: 'Own Reviewer' });
    const orchestrator = new AgentOrchestrator({ ownFolder, workspace, agents: [own] });
    expect(orchestrator.getAgentByRole('code_reviewer').id).toBe('own_001');
    expect(orchestrator.getAgentByRole('translator').id).toBe('translator_001');
    expect(orchestrator.getAgentByRole('developer').title).toBe('Rust Developer');
  });

  it('come onto the team with what their front matter and their settings say', () => {
    const workspace = temporaryProject({ [inWorkspace('code_reviewer.md')]: reviewer });
    const roles = new RoleCatalogue({ workspace });
    const told = (settings = {}) => {
      const agent = createTeam(roles, settings).find(({ role }) => role === 'code_reviewer');
      const task = { taskId: 'a', taskType: 'code_review', description: '', expects: 'text', step: { number: 1, of: 1 } } as const;
      return agent?.composeMessage(
        { ...task, context: {}, priority: 1, dependencies: [], createdAt: 0 },
        { length: 'full', layout: 'transcript' },
      );
    };
    expect(told()).toBe(
      '# Step 1 of 1: code_review\n\nYou act as the Code Reviewer.\n\nYou read code and say what is wrong with it.\n\nReview the code, with strictness 3.',
    );
    expect(told({ code_reviewer: { enabled: true, config: { strictness: 5 } } })).toContain('with strictness 5.');
    expect(teamInstructions(roles).preamble('full')).toMatch(/ project together: a Business Analyst, .* and a Code Reviewer\./);
  });

  it.each<[string, string | undefined, string | undefined, boolean]>([
    ['neither says so', '', '', false],
    ['the person says so', 'private: true', '', true],
    ['the project says so', '', 'private: true', true],
    ['the project says the contrary of the person', 'private: true', 'private: false', true],
    ['the person says the contrary of the project', 'private: false', 'private: true', true],
    ['only the person has the role', 'private: true', undefined, true],
    ['the role of the project cannot be read', '', 'private: perhaps', true],
  ])('are private or not where %s', (_, own, project, expected) => {
    const front = (says: string | undefined) => `---\ntitle: Guard\n${says}\n---\nYou watch.\n`;
    const ownFolder = temporaryProject({ 'agents/guard.md': front(own) });
    const workspace = temporaryProject(project === undefined ? {} : { [inWorkspace('guard.md')]: front(project) });
    const roles = new RoleCatalogue({ ownFolder, workspace });
    expect([roles.isPrivate('guard'), roles.isPrivate('nobody'), roles.isPrivate('developer')]).toEqual([expected, false, false]);
  });

  it('say of a type of task what the acting role says, before what another one does', () => {
    const workspace = temporaryProject({
      [inWorkspace('prover/role.md')]: '---\ntitle: Prover\n---\n',
      [inWorkspace('prover/implementation.md')]: '---\nexpects: files\n---\nProve it.\n',
    });
    const roles = new RoleCatalogue({ workspace });
    expect(roles.instructionsFor('implementation', 'prover')?.full).toBe('Prove it.');
    expect(roles.instructionsFor('implementation', 'developer')?.full).toMatch(/^Deliver the source code/);
    expect(roles.instructionsFor('testing', 'prover')?.full).toContain('Deliver an automated test suite');
  });

  it('are settings that may be named, with their own checks and the nearest name', () => {
    const workspace = temporaryProject({ [inWorkspace('code_reviewer.md')]: reviewer });
    const team = (agents: object) => new AgentOrchestrator({ workspace, config: { agents } as never }).settings.agents['code_reviewer'];
    expect(team({ code_reviewer: { strictness: 1, model: 'big' } })).toEqual({ enabled: true, model: 'big', config: { strictness: 1 } });
    expect(() => team({ code_reviewer: { strictness: 9 } })).toThrow('agents.code_reviewer.strictness is 9; expected a number from 1 to 5');
    expect(() => team({ code_reviewr: {} })).toThrow('did you mean agents.code_reviewer?');
  });
});

describe('a role that came with a folder', () => {
  test.each([
    [
      'an unknown name',
      { 'a.md': '---\ntitle: A\npersonna: x\nskils: []\n---\n' },
      /a\.md cannot be used as a role: \n {2}line 3: personna is not known here\n {2}line 4: skils is not known here; did you mean skills\?/,
    ],
    ['a destination', { 'a.md': '---\ntitle: A\nbase_url: http://evil.example\n---\n' }, /line 3: base_url is not known here/],
    [
      'a wrong value',
      { 'a.md': '---\ntitle: A\nsampling: { temperature: 9 }\n---\n' },
      /line 3: sampling\.temperature is 9; expected a number from 0 to 2/,
    ],
    ['no title', { 'a.md': 'You are somebody.\n' }, /the front matter names no title/],
    ['broken front matter', { 'a.md': '---\ntitle: [A\n---\n' }, /line \d+: /],
    ['another name than its file', { 'a.md': '---\nname: b\ntitle: A\n---\n' }, /it is called b, but its file is called a/],
    ['a name in another case', { 'Code-Reviewer.md': '---\ntitle: A\n---\n' }, /a role is named in snake_case/],
    [
      'a type of task told twice',
      { 'a/role.md': '---\ntitle: A\ntask_types: { b: { expects: text, full: x } }\n---\n', 'a/b.md': '---\nexpects: text\n---\n' },
      /task_types\.b is here, and b\.md is beside it/,
    ],
    [
      'a task that expects nothing',
      { 'a/role.md': '---\ntitle: A\n---\n', 'a/b.md': 'Do it.' },
      /line 2: expects is missing; expected one of text, files/,
    ],
    ['terminal codes', { 'a.md': '---\ntitle: A\n---\n\u001b[2J' }, /the text holds control characters/],
    [
      'a multiplying alias',
      {
        'a.md': `---\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
          .split('')
          .map((letter, index) => `${letter}: &${letter} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`)
          .join('\n')}\n---\n`,
      },
      /line \d+/,
    ],
    ['too much', { 'a.md': `---\ntitle: A\n---\n${'x'.repeat(70_000)}` }, /it is larger than 64 kB/],
    [
      'front matter that does not end',
      { 'a.md': '---\ntitle: A\n\nYou are A.\n' },
      /a\.md cannot be used as a role: line 1: the front matter begins here and does not end; put a line of three hyphens/,
    ],
    ['a folder without a role', { 'a/b.md': '---\nexpects: text\n---\n' }, /role\.md cannot be used as a role: there is no such file/],
  ])('with %s is refused by file and line', (_, files, message) => {
    const error = problemOf(Object.fromEntries(Object.entries(files).map(([name, text]) => [inWorkspace(name), text])));
    expect(error.code).toBe('role.invalid');
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\u001b');
  });

  it('and is there twice stops only what uses it, says why, and is not taken from an earlier layer', () => {
    const workspace = temporaryProject({
      [inWorkspace('a.md')]: reviewer,
      [inWorkspace('a/role.md')]: reviewer,
      [inWorkspace('developer.md')]: 'You are slow.\n',
      [inWorkspace('developer/role.md')]: 'You are quick.\n',
      [inWorkspace('b.md')]: '---\ntitle: B\n---\n',
    });
    const config = { agents: { a: { strictness: 1 } } } as never;
    const orchestrator = new AgentOrchestrator({ workspace, config });
    const { roles } = orchestrator;
    const names = roles.roles.map(({ id }) => id);
    expect(names).toEqual(expect.arrayContaining(['b', 'qa_engineer']));
    expect(names).not.toEqual(expect.arrayContaining(['a']));
    expect(names).not.toContain('developer');
    expect(roles.leftOut.map(({ reason }) => reason)).toEqual([
      'there is both a file and a folder named a; remove one of them',
      'there is both a file and a folder named developer; remove one of them',
    ]);
    expect(roles.whyUnclear('b')).toBeUndefined();
    expect(() => roles.find('developer')).toThrow(
      expect.objectContaining({
        code: 'role.invalid',
        message: expect.stringMatching(/there is both a file and a folder named developer/) as string,
      }),
    );
  });

  it('is not looked for behind links, which could lead out', () => {
    const secret = temporaryProject({ 'spy.md': '---\ntitle: Spy\n---\nSecret.\n', 'inner/role.md': '---\ntitle: Spy\n---\n' });
    const workspace = temporaryProject({ [inWorkspace('mole/role.md')]: '---\ntitle: Mole\n---\n' });
    symlinkSync(join(secret, 'spy.md'), join(workspace, inWorkspace('spy.md')));
    symlinkSync(join(secret, 'inner'), join(workspace, inWorkspace('inner')));
    const names = new RoleCatalogue({ workspace }).roles.map(({ id }) => id);
    expect(names).toContain('mole');
    expect(names).not.toContain('spy');
    expect(names).not.toContain('inner');

    symlinkSync(join(secret, 'spy.md'), join(workspace, inWorkspace('mole/review.md')));
    expect(new RoleCatalogue({ workspace }).find('mole')?.tasks.size).toBe(0);

    const linked = temporaryProject();
    mkdirSync(join(linked, '.multiagent'));
    symlinkSync(secret, join(linked, '.multiagent', 'agents'));
    expect(new RoleCatalogue({ workspace: linked }).roles).toEqual(builtInRoles().roles);
  });

  it('may be one of the person’s own behind a link', () => {
    const elsewhere = temporaryProject({ 'spy.md': '---\ntitle: Spy\n---\n' });
    const ownFolder = temporaryProject({ 'agents/README.md': 'My roles.', 'agents/.hidden.md': 'x', 'agents/notes.txt': 'x' });
    symlinkSync(join(elsewhere, 'spy.md'), join(ownFolder, 'agents', 'spy.md'));
    writeFileSync(join(elsewhere, 'spy.md'), '---\ntitle: Spy\n---\nYou spy.\n');
    expect(new RoleCatalogue({ ownFolder }).find('spy')?.persona.full).toBe('You spy.');
  });
});

it('no code knows which roles there are', () => {
  const root = join(import.meta.dirname, '../../src');
  const ids = builtInRoles().roles.flatMap(({ id }) => (id.includes('_') ? [id] : []));
  const knows = globSync('**/*.ts', { cwd: root }).filter((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return ids.some((id) => text.includes(id));
  });
  expect(knows).toEqual([]);
});
