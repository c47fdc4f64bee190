import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const repository = join(import.meta.dirname, '..', '..');
const docs = join(repository, 'docs');
const pages = ['getting-started.md', 'models.md', 'requirements.md', 'troubleshooting.md', 'from-python.md', 'library.md'];

/** All of the source as one text; what is filled in at run time is an ellipsis, as it is in the pages. */
function sourceText(): string {
  const source = join(repository, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const text = files.map((name) => readFileSync(join(source, name), 'utf8')).join('\n');
  return text.replaceAll(/\$\{[^{}`']*\}/g, '…');
}

describe('the documentation', () => {
  it.each(pages)('points only to what is there: %s', (page) => {
    const links = [...readFileSync(join(docs, page), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link ?? '');
    expect(links.filter((link) => !existsSync(join(docs, link)))).toEqual([]);
  });

  it('quotes messages as the program says them', () => {
    const source = sourceText();
    const page = readFileSync(join(docs, 'troubleshooting.md'), 'utf8');
    const quoted = [...page.matchAll(/^\*\*`(.+)`\*\*$/gm)].map(([, message]) => message ?? '');
    expect(quoted.length).toBeGreaterThan(25);
    // Messages are put together from pieces, at what is filled in and at punctuation; short pieces prove nothing.
    const pieces = quoted.flatMap((message) => message.split(/…|node-llama-cpp|"abc"|` and `|[:;,.(]/)).map((piece) => piece.trim());
    expect(pieces.filter((piece) => piece.length >= 8 && !source.includes(piece))).toEqual([]);
  });
});
