import { array, assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { wholeMarkdown } from '../../../src/files/findings/whole-markdown.ts';

const title = '# Tips\n\nShares tips.\n';

describe('a document that breaks off ends after its last whole part', () => {
  test.each([
    ['in a paragraph', `${title}\nIt is started with a numb`, title],
    ['in a sample, that was closed behind it', `${title}\nSo it is used:\n\n\`\`\`sh\npython3 ti\n\`\`\`\n`, title],
    ['in a sample, with its heading', `${title}\n## Use\n\n**Response:**\n\n\`\`\`json\n{ "a": \n`, title],
    ['in an item of a list', `${title}\n- one\n- two\n- thr`, `${title}\n- one\n- two\n`],
    [
      'in a sample within a list, whose fence was closed further to the left',
      `${title}\n1. One:\n   \`\`\`sh\n   a\n   \`\`\`\n2. Two:\n   \`\`\`sh\n   b\n\`\`\`\n`,
      `${title}\n1. One:\n   \`\`\`sh\n   a\n   \`\`\`\n`,
    ],
    ['after a heading', `${title}\n## Licence\n`, title],
  ])('%s', (_, text, expected) => {
    expect(wholeMarkdown(text)).toBe(expected);
  });

  it('and is none where nothing but headings would be left', () => {
    expect(wholeMarkdown('# Tips\n\nShares tips and a gre')).toBeUndefined();
  });

  it('is a beginning of the text, whatever that holds and wherever it breaks off', () => {
    const part = constantFrom(
      '# A\n\n',
      'Words.\n\n',
      '- a\n- b\n\n',
      '```sh\nls\n```\n\n',
      '| a |\n| - |\n| 1 |\n\n',
      'So:\n\n',
      '> said\n\n',
    );
    assert(
      property(array(part, { minLength: 1, maxLength: 8 }), integer({ min: 1, max: 200 }), (parts, at) => {
        const text = parts.join('').slice(0, at);
        const whole = wholeMarkdown(text);
        expect(whole === undefined || text.startsWith(whole.trimEnd())).toBe(true);
      }),
    );
  });
});
