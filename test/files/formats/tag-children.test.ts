import { describe, expect, it } from 'vitest';
import { childOf } from '../../../src/files/formats/tag-children.ts';

/** Some models put this before the names of tags that call a tool. */
const prefix = ['ant', 'ml:'].join('');

describe('a tag within a tag', () => {
  it.each([
    ['plain', '<path>src/bell.ts</path>\n<content>', ''],
    ['as a parameter', '<parameter name="path">src/bell.ts</parameter>\n<parameter name="content">', ''],
    [
      'as a parameter with a prefix',
      `<${prefix}parameter name="path">src/bell.ts</${prefix}parameter>\n<${prefix}parameter name="content">`,
      prefix,
    ],
  ])('is found %s, and what stands behind it', (_, text, before) => {
    const found = childOf(text, ['path'], 'short');
    expect(found?.text).toBe('src/bell.ts');
    expect(text.slice(found?.next)).toMatch(before === '' ? /^</ : new RegExp(`^<${before}`));
  });
});
