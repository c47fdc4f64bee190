import { describe, expect, test } from 'vitest';
import { checkContent } from '../../src/files/content-check.ts';

const reason = (content: string, { path = 'a.py', existing }: { path?: string; existing?: string } = {}) =>
  checkContent({ path, content, existing })?.reason;

describe('a line that leaves a part out is found', () => {
  test.each([
    '# ... rest of the code unchanged ...',
    '# rest of the code',
    '# Rest of the file remains the same',
    '    # The rest of the class stays as before.',
    '// ... existing code ...',
    '// ...existing code...',
    '// … remaining methods …',
    '// rest of your code here',
    '// ... (rest of the implementation)',
    '// ... other routes ...',
    '/* ... rest of the styles ... */',
    '/* existing code ... */',
    ' * ... remaining methods unchanged',
    '<!-- rest of the content unchanged -->',
    '{/* ... rest of the component ... */}',
    '-- rest of the script is unchanged',
    '; rest of the configuration unchanged',
    '... rest of the file ...',
    '...  # remaining methods unchanged',
    '# ... unchanged ...',
    '# (rest of the code omitted)',
    '[... rest of the file unchanged ...]',
    '# existing imports remain the same',
    '# ...',
    '// …',
    '/* ... */',
    '# ... omitted for brevity ...',
    '// (implementation omitted for brevity)',
    '# No changes below this line',
    '// no changes needed here',
    '# Everything else stays the same',
    '// [existing code here]',
    '# --- snip ---',
    '// your existing code here',
  ])('%s', (line) => {
    expect(reason(`a = 1\n${line}\n`)).toBe('elided');
  });
});

describe('a line that leaves nothing out is let be', () => {
  test.each([
    '  ...rest,',
    '  ...existing,',
    '... other,',
    '    ...',
    'def run(self) -> None: ...',
    '# The rest of the list is sorted by name.',
    '# Rest of the arguments are passed on.',
    '# existing code points are kept',
    '# remaining = total - used',
    '# other code may call this',
    'rest of the code unchanged = 1',
    'print("... rest of the code unchanged ...")',
    '// TODO: the rest',
    '# previous file',
    '# the original file stays unchanged',
    '# No changes were made by hand.',
    '# skipped tests are counted',
    '[...]',
    '# ...and so on',
    ' * ...',
    'text = "… remaining …"',
    '# unchanged',
    `# ${'x '.repeat(200)} rest of the code unchanged`,
  ])('%s', (line) => {
    expect(reason(`a = 1\n${line}\n`)).toBeUndefined();
  });

  test.each([
    '# Rest of the code',
    '<!-- rest of the code unchanged -->',
    '- ... other routes ...',
    'The rest of the code is in `b.py`.',
    '* rest of the file',
  ])('in Markdown: %s', (line) => {
    expect(reason(`${line}\n`, { path: 'README.md' })).toBeUndefined();
  });
});

test('a file may grow, stay or shrink, but not to a fraction', () => {
  const existing = 'x = 1\n'.repeat(500);
  expect(reason('x = 1\n'.repeat(50), { existing })).toBe('shrinks');
  expect(reason('x = 1\n'.repeat(101), { existing })).toBeUndefined();
  expect(reason('x = 1\n', { existing: 'x = 1\n'.repeat(100) })).toBeUndefined();
  expect(checkContent({ path: 'a.py', content: 'x\n', existing })?.message).toBe(
    "The block for 'a.py' would leave a fraction of the file: 2 of 3000 characters.",
  );
});

test('what is no text is refused', () => {
  expect(reason('a\uD83D\n')).toBe('broken_text');
  expect(reason('a\0b\n')).toBe('binary');
  expect(reason('a\u001B[0m 😀\r\n')).toBeUndefined();
});

// Some milliseconds; by trying each beginning against each end it would be minutes.
test('long contents are judged in one go', () => {
  const lines = ['# ... rest of the ', '# ', '... ', 'rest of the code ', '# existing code '];
  expect(lines.map((line) => reason(`${line.repeat(12)}\n`.repeat(50_000)))).toEqual(lines.map(() => undefined));
});
