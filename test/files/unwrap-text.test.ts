import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { unwrapText } from '../../src/files/unwrap-text.ts';

const fenced = (info: string, content: string) => `\`\`\`${info}\n${content}\`\`\`\n`;

describe('a wrapper around a text is taken off', () => {
  const text = '# Findings\n\n- The total is wrong.\n- Nobody checks the date.\n';
  test.each([
    ['Markdown', fenced('markdown', text), text],
    ['no language', fenced('', text), text],
    ['plain text', fenced('text', text), text],
    ['a sentence before', `Here is the analysis:\n\n${fenced('md', text)}`, text],
    ['a sentence after', `${fenced('markdown', text)}\nTell me if you need more.\n`, text],
    ['both, in tildes', `Sure!\n~~~markdown\n${text}~~~\nDone.\n`, text],
    ['two wrappers', `\`\`\`\`markdown\n${fenced('markdown', text)}\`\`\`\`\n`, text],
    ['an example within', fenced('markdown', `${text}\n${fenced('bash', 'make\n')}`), `${text}\n${fenced('bash', 'make\n')}`],
    ['no end', `\`\`\`markdown\n${text}`, text],
    ['nothing', fenced('markdown', ''), ''],
    ['nothing, after a sentence', `Sure, here it is:\n${fenced('markdown', '')}`, ''],
    ['comments in Python', fenced('python', '# Findings\n#\n# - The total is wrong.\n'), 'Findings\n\n- The total is wrong.\n'],
    ['a docstring', fenced('python', '"""\nThe total is wrong.\nNobody checks.\n"""\n'), 'The total is wrong.\nNobody checks.\n'],
    [
      'comments in JavaScript',
      fenced('js', '/**\n * The total is wrong.\n * - Nobody checks.\n */\n'),
      'The total is wrong.\n- Nobody checks.\n',
    ],
  ])('%s', (_name, reply, expected) => {
    expect(unwrapText(reply)).toBe(expected);
  });
});

describe('what is no wrapper stays', () => {
  test.each([
    ['a text', 'The total is wrong.\n'],
    ['code that the text speaks of', `Put this in its place:\n\n${fenced('python', 'return a + b\n')}`],
    ['code alone', fenced('python', '# adds\nreturn a + b\n')],
    [
      'a few words in a bare fence',
      `The total comes out wrong where both numbers are negative, as this shows:\n\n${fenced('', '-1 -1\n')}`,
    ],
    ['two blocks', `${fenced('markdown', 'One.\n')}\n${fenced('markdown', 'Two.\n')}`],
    ['a text with a block', `One.\n\nTwo.\n\nThree.\n\n${fenced('markdown', '# Title\n')}`],
  ])('%s', (_name, reply) => {
    expect(unwrapText(reply)).toBe(reply);
  });
});

it('whatever a text is, unwrapping adds nothing to it', () => {
  const line = fc.constantFrom('```', '```markdown', '```python', '# a', 'words of a text', '', '"""', '~~~', '- ```', '> quote');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const text = lines.join('\n');
      expect(unwrapText(text).length).toBeLessThanOrEqual(text.length + 1);
    }),
  );
});
