import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSpec } from '../../../src/project/specs/read-spec.ts';
import { MultiagentError } from '../../../src/utils/multiagent-error.ts';
import { folderOf } from '../../support/folder-of.ts';

const specKit = {
  '.specify/memory/constitution.md': '# Principles\n\nTests first.',
  'specs/001-links/spec.md': '# Feature: links\n\nShort links.',
  'specs/001-links/plan.md': 'Python.',
  'specs/001-links/research.md': 'SQLite is enough.',
  'specs/001-links/data-model.md': 'Link: code, url.',
  'specs/001-links/contracts/b.yaml': 'openapi: 3.1.0',
  'specs/001-links/contracts/a.md': 'POST /links',
  'specs/001-links/quickstart.md': 'Start it.',
  'specs/001-links/tasks.md': '- [x] T001 Set up\n- [ ] T002 [P] Store links',
  'specs/001-links/checklists/requirements.md': 'Not read.',
};
const openSpec = {
  'openspec/project.md': 'A shop.',
  'openspec/specs/ui/spec.md': 'As it is.',
  'openspec/changes/archive/2026-01-01-old/proposal.md': 'Old.',
  'openspec/changes/add-dark-mode/proposal.md': 'Dark mode.',
  'openspec/changes/add-dark-mode/specs/ui/spec.md': '## ADDED Requirements',
  'openspec/changes/add-dark-mode/design.md': 'Variables.',
  'openspec/changes/add-dark-mode/tasks.md': '- [ ] 1.1 Theme',
};
const kiro = {
  '.kiro/steering/product.md': '---\ninclusion: always\n---\n\nA shop.',
  '.kiro/steering/api.md': '---\ninclusion: fileMatch\nfileMatchPattern: "api/**"\n---\n\nOnly for the API.',
  '.kiro/steering/tech.md': 'TypeScript.',
  '.kiro/specs/login/requirements.md': 'WHEN a user logs in THE SYSTEM SHALL greet.',
  '.kiro/specs/login/design.md': 'A form.',
  '.kiro/specs/login/tasks.md': '- [x] 1. Form\n- [ ]* 2. Tests',
};

function refusal(folder: string): MultiagentError {
  try {
    readSpec(folder);
  } catch (error) {
    if (error instanceof MultiagentError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

describe('readSpec', () => {
  it.each([
    [
      'Spec Kit',
      specKit,
      'specs/001-links',
      [
        '.specify/memory/constitution.md',
        'specs/001-links/spec.md',
        'specs/001-links/plan.md',
        'specs/001-links/research.md',
        'specs/001-links/data-model.md',
        'specs/001-links/contracts/a.md',
        'specs/001-links/contracts/b.yaml',
        'specs/001-links/quickstart.md',
        'specs/001-links/tasks.md',
      ],
      [],
    ],
    [
      'OpenSpec',
      openSpec,
      'openspec/changes/add-dark-mode',
      [
        'openspec/project.md',
        'openspec/changes/add-dark-mode/proposal.md',
        'openspec/changes/add-dark-mode/specs/ui/spec.md',
        'openspec/changes/add-dark-mode/design.md',
        'openspec/changes/add-dark-mode/tasks.md',
      ],
      [],
    ],
    [
      'Kiro',
      kiro,
      '.kiro/specs/login',
      [
        '.kiro/steering/product.md',
        '.kiro/steering/tech.md',
        '.kiro/specs/login/requirements.md',
        '.kiro/specs/login/design.md',
        '.kiro/specs/login/tasks.md',
      ],
      ['.kiro/steering/api.md was left out: its front matter says that it is not for everything.'],
    ],
  ])('reads the documents of %s in their order', (_tool, files, name, order, notes) => {
    const read = readSpec(join(folderOf(files), name));
    expect(read).toMatchObject({ name, files: order, notes });
    const headings = order.map((path) => read.requirement.indexOf(`# ${path} (`));
    expect(headings.every((at) => at > 0)).toBe(true);
    expect(headings).toEqual(headings.toSorted((a, b) => a - b));
  });

  it('keeps the documents as they are, ticked steps, too, and tells nothing of where the project is', () => {
    const root = folderOf(specKit);
    const { requirement } = readSpec(join(root, 'specs/001-links'));
    expect(requirement).toContain('# specs/001-links/tasks.md (the steps)\n\n- [x] T001 Set up\n- [ ] T002 [P] Store links\n');
    expect(requirement).toMatch(/^The requirement is the specification specs\/001-links\./);
    expect(requirement).not.toContain(root);
    expect(requirement).not.toContain('Not read.');
  });

  it.each([
    ['the project', specKit, '', 'specs/001-links'],
    [
      '.specify',
      { ...specKit, '.specify/specs/002-x/spec.md': 'X.', 'specs/001-links/spec.md': '' },
      '.specify/specs/002-x',
      '.specify/specs/002-x',
    ],
    ['specs', specKit, 'specs', 'specs/001-links'],
    ['the project of OpenSpec', openSpec, '', 'openspec/changes/add-dark-mode'],
    ['openspec', openSpec, 'openspec', 'openspec/changes/add-dark-mode'],
    ['openspec/changes', openSpec, 'openspec/changes', 'openspec/changes/add-dark-mode'],
    ['approved changes', { 'openspec/changes/approved/a/proposal.md': 'A.' }, 'openspec', 'openspec/changes/approved/a'],
    ['.kiro', kiro, '.kiro', '.kiro/specs/login'],
    ['.kiro/specs', kiro, '.kiro/specs', '.kiro/specs/login'],
  ])('takes the only specification of %s', (_what, files, folder, name) => {
    expect(readSpec(join(folderOf(files), folder)).name).toBe(name);
  });

  it('reads a project that lies in a folder called specs', () => {
    const root = folderOf(Object.fromEntries(Object.entries(kiro).map(([path, text]) => [`specs/shop/${path}`, text])));
    expect(readSpec(join(root, 'specs/shop')).name).toBe('.kiro/specs/login');
  });

  it('reads a specification that stands alone, without anything around it', () => {
    const root = folderOf({ 'mine/spec.md': 'Build it.', '.specify/memory/constitution.md': 'Around it.' });
    const read = readSpec(join(root, 'mine'));
    expect(read.files).toEqual(['spec.md']);
    expect(read.requirement).not.toContain('Around it.');
  });

  it.each([
    [
      'a plan and tasks',
      { 'specs/1/spec.md': 'A.' },
      'specs/1',
      ['specs/1 has no plan.md: the team decides how to build it.', 'specs/1 has no tasks.md: the team divides the work itself.'],
    ],
    [
      'changes in behaviour',
      { 'openspec/changes/a/proposal.md': 'A.', 'openspec/changes/a/tasks.md': 'B.' },
      'openspec',
      ['openspec/changes/a has no specs: the proposal alone says what changes.'],
    ],
    ['nothing for a bug', { '.kiro/specs/b/bugfix.md': 'A.', '.kiro/specs/b/design.md': 'B.', '.kiro/specs/b/tasks.md': 'C.' }, '', []],
  ])('goes on without %s, and says so', (_what, files, folder, notes) => {
    expect(readSpec(join(folderOf(files), folder)).notes).toEqual(notes);
  });

  it('leaves out a constitution that is still the template', () => {
    const read = readSpec(folderOf({ ...specKit, '.specify/memory/constitution.md': '# [PROJECT_NAME] Constitution' }));
    expect(read.files).not.toContain('.specify/memory/constitution.md');
    expect(read.notes).toEqual(['.specify/memory/constitution.md was left out: nobody has filled it in yet.']);
  });

  it.each([
    ['the plan', 'plan.md', '# Implementation Plan: [FEATURE]\n\n**Branch**: `[###-feature-name]`', 'the team decides how to build it'],
    ['the tasks', 'tasks.md', '---\ndescription: "Template"\n---\n\n# Tasks: [FEATURE NAME]', 'the team divides the work itself'],
  ])('leaves out %s that a tool has created and nobody has filled in', (_what, file, template, means) => {
    const read = readSpec(folderOf({ ...specKit, [`specs/001-links/${file}`]: template }));
    expect(read.files).not.toContain(`specs/001-links/${file}`);
    expect(read.notes).toEqual([
      `specs/001-links/${file} was left out: nobody has filled it in yet.`,
      `specs/001-links has no ${file}: ${means}.`,
    ]);
  });

  it.each<[string, string, { files: string[]; notes: string[] }]>([
    [
      'its context',
      'schema: spec-driven\n\ncontext: |\n  Tech stack: TypeScript\n  # no comment\nrules:\n  specs:\n    - Hidden.\n',
      { files: ['openspec/config.yaml'], notes: [] },
    ],
    ['nothing where it has no context', 'schema: spec-driven\n', { files: [], notes: [] }],
    ['nothing where its context is no text', 'context:\n  - a\n', { files: [], notes: [] }],
    ['nothing where it is no YAML', 'context: "a\nb: [', { files: [], notes: ['openspec/config.yaml was left out: it is no valid YAML.'] }],
    [
      'nothing where it would expand without bound',
      `a: &a [x]\nb: &b [${'*a,'.repeat(100)}]\ncontext: [${'*b,'.repeat(100)}]\n`,
      { files: [], notes: ['openspec/config.yaml was left out: it is no valid YAML.'] },
    ],
  ])('takes of the settings of OpenSpec %s', (_what, text, { files, notes }) => {
    const { 'openspec/project.md': _project, ...rest } = openSpec;
    const read = readSpec(folderOf({ ...rest, 'openspec/config.yaml': text }));
    expect(read.files.slice(0, files.length)).toEqual(files);
    expect(read.files).toHaveLength(files.length + 4);
    expect(read.notes).toEqual(notes);
    expect(read.requirement.includes('Tech stack: TypeScript\n# no comment')).toBe(files.length > 0);
    expect(read.requirement).not.toContain('Hidden.');
  });

  it('leaves out a description of the project that OpenSpec has created and nobody has filled in', () => {
    const read = readSpec(folderOf({ ...openSpec, 'openspec/project.md': "## Purpose\n[Describe your project's purpose and goals]\n" }));
    expect(read.files[0]).toBe('openspec/changes/add-dark-mode/proposal.md');
    expect(read.notes).toEqual(['openspec/project.md was left out: nobody has filled it in yet.']);
  });

  it.each([
    [
      'whose spec.md nobody has filled in',
      { 'specs/1/spec.md': '# Feature Specification: [FEATURE NAME]\n\n**Input**: User description: "$ARGUMENTS"' },
      'specs/1',
      'specs/1 has no spec.md, which says what to build. specs/1/spec.md was left out: nobody has filled it in yet.',
    ],
    [
      'without spec.md',
      { 'specs/1/plan.md': 'A.', 'specs/1/tasks.md': 'B.' },
      'specs/1',
      'specs/1 has no spec.md, which says what to build.',
    ],
    ['whose spec.md is empty', { 'specs/1/spec.md': '\n' }, 'specs/1', 'specs/1 has no spec.md, which says what to build.'],
    ['that is empty', { 'specs/1/x/y': '' }, 'specs/1', 'specs/1 has no spec.md, which says what to build.'],
    [
      'of Kiro without requirements',
      { '.kiro/specs/a/design.md': 'A.' },
      '',
      '.kiro/specs/a has no requirements.md or bugfix.md, which says what to build.',
    ],
    [
      'whose spec.md is no text',
      { 'specs/1/spec.md': Buffer.from([0xff]) },
      'specs/1',
      'specs/1 has no spec.md, which says what to build. specs/1/spec.md was not read: it is not UTF-8 text.',
    ],
  ])('refuses a specification %s', (_what, files, folder, message) => {
    const error = refusal(join(folderOf(files), folder));
    expect(error).toMatchObject({ code: 'spec.incomplete', category: 'usage', message });
    expect(error.hint).toMatch(/^Write /);
  });

  it('names several and asks for one', () => {
    const root = folderOf({ ...specKit, 'specs/002-users/spec.md': 'Users.', ...kiro });
    expect(refusal(root)).toMatchObject({
      code: 'spec.several',
      category: 'usage',
      message: expect.stringMatching(
        /^There are 3 specifications in .*: \.kiro\/specs\/login, specs\/001-links, specs\/002-users\.$/,
      ) as string,
      hint: expect.stringMatching(/--req .*\.kiro\/specs\/login$/) as string,
    });
    const many = folderOf(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`specs/${index}/spec.md`, 'A.'])));
    expect(refusal(many).message).toMatch(/ and 10 more\.$/);
  });

  it('says what it looked for where there is none, and refuses what is no folder', () => {
    const root = folderOf({ 'src/main.ts': '' });
    expect(refusal(root)).toMatchObject({
      code: 'spec.none',
      hint: expect.stringContaining('specs/<name> with spec.md (Spec Kit)') as string,
    });
    expect(refusal(join(root, 'src/main.ts')).message).toMatch(/is not a folder\.$/);
    expect(refusal(join(root, 'nowhere'))).toMatchObject({ code: 'spec.unreadable', category: 'usage' });
  });

  it('follows no links in the project, and the one that the person names', () => {
    const secret = folderOf({ 'secret.md': 'Secret.', 'folder/inner.md': 'Secret.' });
    const root = folderOf({ 'specs/1/spec.md': 'A.', 'specs/1/tasks.md': 'B.', 'specs/1/contracts/a.md': 'C.', '.specify/memory/x': '' });
    symlinkSync(join(secret, 'secret.md'), join(root, 'specs/1/plan.md'));
    symlinkSync(join(secret, 'secret.md'), join(root, '.specify/memory/constitution.md'));
    symlinkSync(join(secret, 'secret.md'), join(root, 'specs/1/contracts/b.md'));
    symlinkSync(join(secret, 'folder'), join(root, 'specs/1/contracts/c'));
    symlinkSync(join(root, 'specs/1'), join(root, 'current'));
    const read = readSpec(join(root, 'current'));
    expect(read.name).toBe('specs/1');
    expect(read.requirement).not.toContain('Secret.');
    expect(read.notes).toEqual([
      '.specify/memory/constitution.md was not read: it is a link.',
      'specs/1/plan.md was not read: it is a link.',
      'specs/1 has no plan.md: the team decides how to build it.',
      'specs/1/contracts/b.md was not read: it is a link.',
      'specs/1/contracts/c was not read: it is a link.',
    ]);
  });

  it('is bounded: many contracts, large documents', () => {
    const contracts = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`specs/1/contracts/${10 + index}.md`, 'A.']));
    const many = readSpec(folderOf({ ...contracts, 'specs/1/spec.md': 'A.' }));
    expect(many.files.filter((path) => path.includes('contracts'))).toHaveLength(50);
    expect(many.notes).toContain('specs/1/contracts holds more than 50 files: the others were not read.');
    expect(refusal(folderOf({ 'specs/1/spec.md': 'A'.repeat(600_000) })).message).toContain('it is larger than 525 kB');
    const large = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`specs/1/contracts/${index}.md`, 'A'.repeat(500_000)]));
    expect(refusal(folderOf({ ...large, 'specs/1/spec.md': 'A.' }))).toMatchObject({ code: 'spec.too_large', category: 'usage' });
  });
});
