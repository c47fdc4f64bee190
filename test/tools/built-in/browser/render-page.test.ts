import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../../src/tools/built-in/browser/render-page.ts';
import { type PageProblem, projectOrigin, type SeenPage } from '../../../../src/tools/built-in/browser/seen-page.ts';

type Seen = Extract<SeenPage, { kind: 'seen' }>;
const page = (changed: Partial<Seen>): Seen => ({
  kind: 'seen',
  title: 'Shop',
  address: `${projectOrigin}/index.html`,
  outline: '- heading "Tea" [level=1]',
  problems: [],
  more: 0,
  ...changed,
});

describe('what is told of a page', () => {
  it('is its title, what went wrong, and what is on it', () => {
    expect(renderPage(page({}))).toBe(
      'The page index.html. Its title: Shop\nNothing went wrong.\nWhat is on it:\n- heading "Tea" [level=1]\n',
    );
    const problems: PageProblem[] = [
      { kind: 'uncaught', text: `Error: no at ${projectOrigin}/app.js:3:5` },
      { kind: 'missing', text: `GET ${projectOrigin}/a.png (there is no such file)` },
    ];
    expect(renderPage(page({ title: '', outline: '', problems, more: 3 }))).toBe(
      'The page index.html. It has no title.\nWhat went wrong:\n- uncaught exception: Error: no at app.js:3:5\n- not loaded: GET a.png (there is no such file)\n- and 3 more\nNothing is to be seen on it.\n',
    );
  });

  it('begins with what says most', () => {
    const kinds = ['asked', 'refused', 'missing', 'console', 'uncaught'] as const;
    const lines = renderPage(page({ problems: kinds.map((kind) => ({ kind, text: kind })) })).split('\n');
    expect(lines.slice(2, 7).map((line) => line.slice(line.lastIndexOf(' ') + 1))).toEqual(kinds.toReversed());
  });

  it('names fifteen of what went wrong, and counts the rest', () => {
    const problems = Array.from({ length: 40 }, (_, number): PageProblem => ({ kind: 'console', text: `${number} ${'x'.repeat(900)}` }));
    const lines = renderPage(page({ problems, more: 7 })).split('\n');
    expect(lines.filter((line) => line.startsWith('- error in the console: '))).toHaveLength(15);
    expect(lines).toContain('- and 32 more');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(340);
  });

  it('is text that is safe to show, one line for a problem, whatever the page says', () => {
    const text = oneof(string({ unit: 'binary' }), constantFrom('\u001B[2J', 'a\nWhat is on it:\n- b', '\u202Ex', `${projectOrigin}/`));
    assert(
      property(text, text, text, (title, address, problem) => {
        const told = renderPage(page({ title, address, problems: [{ kind: 'console', text: problem }] }));
        expect(told).not.toMatch(/[^\P{Cc}\n\t]|[\u{202A}-\u{202E}\u{2066}-\u{2069}]/u);
        expect(told.split('\n')).toHaveLength(6);
      }),
    );
  });
});
