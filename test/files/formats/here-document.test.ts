import { expect, test } from 'vitest';
import { hereDocument } from '../../../src/files/formats/here-document.ts';
import { blockOf } from './block-of.ts';

const files = (content: string, info = 'bash') => hereDocument.filesOf(blockOf(info, content), undefined);

test('commands that write files are these files', () => {
  const content = 'mkdir -p src\ncat > src/a.py <<\'EOF\'\nx = "$y"\nEOF\ncat <<END > b.sh\necho \\$HOME\nEND\ntee c.txt <<EOF\nc\nEOF\n';
  expect(files(content)?.map(({ path, content: text }) => [path, text])).toEqual([
    ['src/a.py', 'x = "$y"\n'],
    ['b.sh', 'echo $HOME\n'],
    ['c.txt', 'c\n'],
  ]);
});

test.each([
  ['a script', "#!/bin/sh\ncat > a.py <<'EOF'\nx\nEOF\n", 'bash'],
  ['a document that has no end', "cat > a.py <<'EOF'\nx\n", 'bash'],
  ['one that is appended', "cat >> a.py <<'EOF'\nx\nEOF\n", 'bash'],
  ['other commands', 'make <<EOF\nx\nEOF\n', 'bash'],
  ['code', "cat > a.py <<'EOF'\nx\nEOF\n", 'python'],
])('%s is none', (_name, content, info) => {
  expect(files(content, info)).toBeUndefined();
});
