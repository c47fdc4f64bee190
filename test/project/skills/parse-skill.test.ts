import { describe, expect, it } from 'vitest';
import { parseSkill } from '../../../src/project/skills/parse-skill.ts';

const front = 'name: release-notes\ndescription: How we write release notes';

describe('parseSkill', () => {
  it('gives name, description in one line, and the text below', () => {
    expect(
      parseSkill('---\nname: a-1\ndescription: >\n  One\n  two.\nlicense: MIT\nmetadata: {x: 1}\n---\n\n# Body\n\n---\n\nMore.\n'),
    ).toEqual({
      name: 'a-1',
      description: 'One two.',
      body: '# Body\n\n---\n\nMore.',
    });
    expect(parseSkill(`---\n${front}\n---`)).toMatchObject({ body: '' });
  });

  it.each([
    ['no front matter', '# Release notes', 1, 'it does not begin with front matter'],
    ['an empty file', '', 1, 'it does not begin with front matter'],
    ['front matter without an end', `---\n${front}\n`, 1, 'begins here and does not end'],
    ['no name', '---\ndescription: A\n---\n', 1, 'names no name'],
    ['no description', '---\nname: a\n---\n', 1, 'names no description'],
    ['an empty description', '---\nname: a\ndescription: "  "\n---\n', 3, 'the description is empty'],
    ['a description that is no text', '---\nname: a\ndescription: [b]\n---\n', 3, 'names no description'],
    ['a name that is a path', '---\ndescription: A\nname: ../a\n---\n', 3, 'lower-case letters, digits and hyphens'],
    ['a name that is too long', `---\nname: ${'a'.repeat(65)}\ndescription: A\n---\n`, 2, 'more than 64 characters'],
    ['YAML that is broken', '---\nname: a\ndescription: Use when: always\n---\n', 3, 'Nested mappings'],
    ['a name twice', '---\nname: a\nname: b\ndescription: A\n---\n', 3, 'unique'],
    ['a list', '---\n- a\n---\n', 1, 'no names with values'],
    ['aliases', '---\nname: a\na: &a [1]\ndescription: *a\n---\n', 2, 'aliases'],
  ])('says what is wrong with %s, and in which line', (_case, text, line, problem) => {
    const parsed = parseSkill(text);
    expect(parsed).toEqual({ line, problem: expect.stringContaining(problem) as string });
  });
});
