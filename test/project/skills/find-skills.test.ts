import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSkills } from '../../../src/project/skills/find-skills.ts';
import { readSkill } from '../../../src/project/skills/read-skill.ts';
import { renderSkills } from '../../../src/project/skills/render-skills.ts';
import { folderOf } from '../../support/folder-of.ts';

const skill = (name: string, body = 'Body.') => `---\nname: ${name}\ndescription: What ${name} is for\n---\n${body}\n`;

describe('findSkills', () => {
  it('finds them in all places of the project and in the person’s folder, sorted by name', () => {
    const workspace = folderOf({
      '.multiagent/skills/d/SKILL.md': skill('delta'),
      '.agents/skills/c/SKILL.md': skill('charlie'),
      '.claude/skills/b/SKILL.md': skill('bravo'),
      'skills/a/SKILL.md': skill('alpha'),
      'skills/no-skill/README.md': 'Something else.',
      'skills/SKILL.md': skill('not-in-a-folder'),
    });
    const ownFolder = folderOf({ 'skills/e/SKILL.md': skill('echo') });
    const { skills, notes } = findSkills({ workspace, ownFolder });
    expect(skills.map(({ name, path }) => [name, path])).toEqual([
      ['alpha', 'skills/a/SKILL.md'],
      ['bravo', '.claude/skills/b/SKILL.md'],
      ['charlie', '.agents/skills/c/SKILL.md'],
      ['delta', '.multiagent/skills/d/SKILL.md'],
      ['echo', join(ownFolder, 'skills/e/SKILL.md')],
    ]);
    expect(notes).toEqual([]);
  });

  it('finds none where there are none', () => {
    expect(findSkills({ workspace: folderOf({}), ownFolder: '/nowhere/at/all' })).toEqual({ skills: [], notes: [] });
  });

  it('uses the nearest of two with one name, and says so', () => {
    const workspace = folderOf({ '.claude/skills/x/SKILL.md': skill('same', 'Near.'), 'skills/y/SKILL.md': skill('same', 'Far.') });
    const ownFolder = folderOf({ 'skills/z/SKILL.md': skill('same', 'Own.') });
    const { skills, notes } = findSkills({ workspace, ownFolder });
    expect(skills.map(({ body }) => body)).toEqual(['Near.']);
    expect(notes).toEqual([
      'skills/y/SKILL.md is not used: the skill same of .claude/skills/x/SKILL.md is nearer.',
      `${join(ownFolder, 'skills/z/SKILL.md')} is not used: the skill same of .claude/skills/x/SKILL.md is nearer.`,
    ]);
  });

  it('names broken ones with file and line, and finds the others', () => {
    const workspace = folderOf({
      'skills/a/SKILL.md': '---\nname: A b\ndescription: C\n---\n',
      'skills/b/SKILL.md': Buffer.from([0xff]),
      'skills/c/SKILL.md': skill('good'),
      'skills/d/SKILL.md': skill('huge', 'x'.repeat(200_000)),
    });
    const { skills, notes } = findSkills({ workspace });
    expect(skills.map(({ name }) => name)).toEqual(['good']);
    expect(notes).toEqual([
      'skills/a/SKILL.md line 2: no skill, because the name has to consist of lower-case letters, digits and hyphens (name: release-notes).',
      'skills/b/SKILL.md: no skill, because it is not UTF-8 text.',
      'skills/d/SKILL.md: no skill, because it is larger than 132 kB.',
    ]);
  });

  it('follows no link of a project, but those of the person', () => {
    const elsewhere = folderOf({ 'out/SKILL.md': skill('outside'), 'file.md': skill('by-file') });
    const workspace = folderOf({ '.claude/readme': '', 'skills/b/readme': '' });
    const ownFolder = folderOf({ 'skills/readme': '', 'skills/by-file/readme': '' });
    symlinkSync(elsewhere, join(workspace, '.claude/skills'));
    symlinkSync(join(elsewhere, 'out'), join(workspace, 'skills/a'));
    symlinkSync(join(elsewhere, 'file.md'), join(workspace, 'skills/b/SKILL.md'));
    symlinkSync(join(elsewhere, 'out'), join(ownFolder, 'skills/linked'));
    symlinkSync(join(elsewhere, 'file.md'), join(ownFolder, 'skills/by-file/SKILL.md'));
    symlinkSync(join(elsewhere, 'nowhere'), join(ownFolder, 'skills/broken'));
    expect(findSkills({ workspace }).skills).toEqual([]);
    expect(findSkills({ workspace }).notes).toEqual([
      'No skills were looked for in .claude/skills: it is a link, or reached through one.',
      'skills/a/SKILL.md is no skill: its folder is a link.',
      'skills/b/SKILL.md: no skill, because it is a link.',
    ]);
    expect(findSkills({ workspace: folderOf({}), ownFolder }).skills.map(({ name }) => name)).toEqual(['by-file', 'outside']);
  });

  it('offers the first hundred of many, and says how many folders were left', () => {
    const workspace = folderOf(
      Object.fromEntries(
        Array.from({ length: 130 }, (_, index) => [`skills/s${String(index).padStart(3, '0')}/SKILL.md`, skill(`s-${index}`)]),
      ),
    );
    const { skills, notes } = findSkills({ workspace });
    expect(skills).toHaveLength(100);
    expect(skills.some(({ name }) => name === 's-99')).toBe(true);
    expect(notes).toEqual(['There are more than 100 skills: 30 more folders were not looked at.']);
  });
});

describe('readSkill', () => {
  it('gives the text without front matter, and nothing for a name that is none', () => {
    const workspace = folderOf({ 'skills/a/SKILL.md': skill('alpha', '# How\n\nLike this.') });
    expect(readSkill('alpha', { workspace })).toEqual({ path: 'skills/a/SKILL.md', content: '# How\n\nLike this.' });
    for (const name of ['a', '../a', 'skills/a', '', 'constructor']) expect(readSkill(name, { workspace })).toBeUndefined();
  });

  it('cuts a huge text at a heading and says so', () => {
    const body = `# One\n\n${'One. '.repeat(100)}\n\n# Two\n\n${'Two. '.repeat(100)}`;
    const workspace = folderOf({ 'skills/a/SKILL.md': skill('alpha', body) });
    expect(readSkill('alpha', { workspace }, 600)?.content).toBe(
      `# One\n\n${'One. '.repeat(100).trim()}\n\n(The rest is left out: the text is longer than 1 kB.)`,
    );
  });
});

describe('renderSkills', () => {
  it('lists names and descriptions, never the text', () => {
    const workspace = folderOf({ 'skills/a/SKILL.md': skill('alpha', 'Secret body.'), 'skills/b/SKILL.md': skill('bravo') });
    const rendered = renderSkills(findSkills({ workspace }).skills);
    expect(rendered).toMatch(/^# Skills\n\n.*\n\n- skills\/alpha: What alpha is for\n- skills\/bravo: What bravo is for\n\n$/);
  });

  it('shortens descriptions, counts what is too much, and is empty without skills', () => {
    const skills = Array.from({ length: 50 }, (_, index) => ({ name: `s${index}`, description: 'word '.repeat(200) }));
    const rendered = renderSkills(skills, 1000);
    expect(rendered).toContain('- and 47 more');
    expect(Buffer.byteLength(rendered)).toBeLessThan(1300);
    expect(renderSkills([])).toBe('');
  });
});
