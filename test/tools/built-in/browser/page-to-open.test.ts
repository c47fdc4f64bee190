import { describe, expect, it } from 'vitest';
import { namedPage, unfitFile } from '../../../../src/tools/built-in/browser/page-to-open.ts';
import { hostilePaths } from '../../tool-context.ts';
import { hostileProject } from '../hostile-project.ts';

describe('what a call names', () => {
  it.each([
    ['index.html', 'index.html', ''],
    ['./docs/a b.html', 'docs/a b.html', ''],
    ['index.html?day=1#/list', 'index.html', '?day=1#/list'],
    ['index.html#/list?day=1', 'index.html', '#/list?day=1'],
  ])('is a file of the project: %j', (name, path, rest) => {
    expect(namedPage(name)).toEqual({ kind: 'file', path, rest });
  });

  it.each([
    ['http://localhost:3000', 'http://localhost:3000/'],
    ['HTTP://LOCALHOST/a?b=1#c', 'http://localhost/a?b=1#c'],
    ['http://127.0.0.1:8080/x', 'http://127.0.0.1:8080/x'],
    ['http://0x7f000001/', 'http://127.0.0.1/'],
    ['http://[::1]:5173/', 'http://[::1]:5173/'],
  ])('is a server on this machine: %j', (name, address) => {
    expect(namedPage(name)).toEqual({ kind: 'server', address });
  });

  it.each([
    'https://example.com/',
    'http://example.com/',
    'http://localhost.example.com/',
    'http://localhost@example.com/',
    'http://me:secret@localhost/',
    'http://shop.localhost/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://0.0.0.0/',
    'http://127.0.0.2/',
    'http://[::ffff:127.0.0.1]/',
    'https://localhost/',
    'ws://localhost/',
    'file:///etc/passwd',
    'file:index.html',
    'data:text/html,<h1>x</h1>',
    'javascript:alert(1)',
    'view-source:http://localhost/',
    'chrome://version',
    'about:blank',
    'localhost:3000',
    'http://',
    'http://localhost:99999/',
    `http://localhost/${'x'.repeat(3000)}`,
    '?x=1',
    '#top',
    ...hostilePaths.filter((path) => !path.startsWith('link') && path !== 'src/../a.txt'),
  ])('is refused in a sentence: %j', (name) => {
    const named = namedPage(name);
    expect(named).toEqual({ kind: 'refused', message: expect.stringMatching(/^[^\p{Cc}\u{202E}]{10,700}$/u) });
  });
});

it.each([
  ['nothing.html', 'There is no file'],
  ['link.txt', 'link'],
  ['link-out/secret.txt', 'link'],
  ['.env', 'by its name, it holds keys'],
  ['kept/x.txt', '.multiagentignore'],
  ['notes.md', 'secrets are not given to a model'],
  ['pipe.txt', 'cannot be opened'],
  ['zero.txt', 'link'],
  ['huge.txt', 'larger than'],
])('a file that a model may not read is not opened: %s', (path, why) => {
  const unfit = unfitFile(hostileProject(), path);
  expect(unfit).toContain(why);
  expect(unfit).not.toContain('the-secret');
});

it('a file that a model may read is opened', () => {
  expect(unfitFile(hostileProject(), 'a.txt')).toBeUndefined();
});
