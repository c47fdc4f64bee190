import { expect, test } from 'vitest';
import { add, fence, filesOf, indent, sub } from './files-of.ts';

const both = { 'src/app.py': add, 'src/sub.py': sub };
const rule = '================';

test.each([
  [
    'a frame of lines around each name',
    fence('', `${rule}\nFile: src/app.py\n${rule}\n${add}\n${rule}\nFile: src/sub.py\n${rule}\n${sub}`),
  ],
  [
    'a begin and an end',
    fence('', `--- BEGIN FILE: src/app.py ---\n${add}--- END FILE ---\n--- BEGIN FILE: src/sub.py ---\n${sub}--- END FILE ---\n`),
  ],
  ['drawn names', fence('', `=== src/app.py ===\n${add}\n=== src/sub.py ===\n${sub}`)],
  ['labels', fence('', `FILE: src/app.py\n${add}\nFILE: src/sub.py\n${sub}`)],
  ['an object from names to texts', fence('json', JSON.stringify({ 'src/app.py': add, 'src/sub.py': sub }, undefined, 2))],
  ['the same without a fence', `Here they are:\n\n${JSON.stringify({ 'src/app.py': add, 'src/sub.py': sub }, undefined, 2)}\n`],
  [
    'documents',
    `<documents>\n<document index="1">\n<source>src/app.py</source>\n<document_content>\n${add}</document_content>\n</document>\n<document index="2">\n<source>src/sub.py</source>\n<document_content>\n${sub}</document_content>\n</document>\n</documents>\n`,
  ],
  [
    'documents in a fence',
    fence(
      'xml',
      `<documents>\n<document>\n<source>src/app.py</source>\n<document_content>\n${add}</document_content>\n</document>\n<document>\n<source>src/sub.py</source>\n<document_content>\n${sub}</document_content>\n</document>\n</documents>\n`,
    ),
  ],
  [
    'documents in one line',
    `<document><source>src/app.py</source>\n<document_contents>\n${add}</document_contents></document>\n<document><source>src/sub.py</source>\n<document_contents>\n${sub}</document_contents></document>\n`,
  ],
  ['tags that are called as the files are', `<src/app.py>\n${add}</src/app.py>\n\n<src/sub.py>\n${sub}</src/sub.py>\n`],
  [
    'here-documents behind other commands',
    fence('bash', `mkdir -p src && cat > src/app.py <<'EOF'\n${add}EOF\nsudo tee src/sub.py > /dev/null << 'END'\n${sub}END\n`),
  ],
  [
    'here-documents through a pipe',
    fence('sh', `cat <<'EOF' | tee src/app.py\n${add}EOF\ncat <<'EOF' | sudo tee src/sub.py > /dev/null\n${sub}EOF\n`),
  ],
])('%s', (_form, reply) => {
  expect(filesOf(reply)).toEqual(both);
});

test.each([
  [
    'documents that name no file',
    '<document index="1">\n<source>Wikipedia</source>\n<document_content>\nText.\n</document_content>\n</document>\n',
  ],
  ['a here-document that is added to a file', fence('bash', `cat >> src/app.py <<'EOF'\n${add}EOF\n`)],
  ['an object from names to short texts', fence('json:names.json', '{\n  "a.py": "the first"\n}\n')],
])('%s brings no file of that name', (_form, reply) => {
  expect(Object.keys(filesOf(reply)).filter((path) => path.endsWith('.py'))).toEqual([]);
});

test('names in a box of comments begin files, with their box', () => {
  const box = (name: string) => `# ---------------\n# ${name}\n# ---------------\n`;
  const files = filesOf(fence('python', `${box('src/app.py')}${add}\n${box('src/sub.py')}${sub}`));
  expect(files).toEqual({ 'src/app.py': `${box('src/app.py')}${add}\n`, 'src/sub.py': `${box('src/sub.py')}${sub}` });
});

test.each([
  ['deeper than the block began', `${fence('python:src/app.py', add).replace(/```\n$/, '    ```\n')}\n${fence('python:src/sub.py', sub)}`],
  [
    'deeper than its list item',
    `* src/app.py\n\n  \`\`\`python\n${indent(add, 2)}      \`\`\`\n\n* src/sub.py\n\n  \`\`\`python\n${indent(sub, 2)}      \`\`\`\n`,
  ],
  [
    'deep in lists',
    `- API\n  - one\n    - \`src/app.py\`\n      \`\`\`python\n${indent(add, 6)}      \`\`\`\n    - \`src/sub.py\`\n      \`\`\`python\n${indent(sub, 6)}      \`\`\`\n`,
  ],
])('a fence ends its file %s', (_where, reply) => {
  expect(filesOf(reply)).toEqual(both);
});

test.each([
  ['a document', 'md:a.md', '# T\n\nUse:\n\n    ```\n    x\n    ```\n\nEnd.\n'],
  ['a text within code', 'python:a.py', 'X = """\n    ```\n    x\n    ```\n"""\n'],
  ['a template', 'js:a.js', 'const x = `\n    ```\n    y\n    ```\n`;\n'],
  ['a comment whose block ends as it should', 'c:a.c', '/*\n     ```\n     x\n     ```\n*/\nint x;\n'],
])('an indented fence in %s is text', (_what, info, content) => {
  expect(filesOf(fence(info, content))).toEqual({ [info.split(':')[1]!]: content });
});
