import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { architecturePage } from '../../scripts/architecture-page.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/architecture.md'), 'utf8');

it('docs/architecture.md shows the rooms as they are (else: npm run docs:rooms)', () => {
  expect(architecturePage(page)).toBe(page);
});

it('the picture has an arrow from the command to the operations, and none from the lowest rooms', () => {
  const arrows = [...page.matchAll(/^ {2}([\w-]+) --> ([\w-]+)$/gm)].map(([, from, to]) => `${from} ${to}`);
  expect(arrows).toContain('cli operations');
  expect(arrows.filter((arrow) => /^(?:utils|events|files|llm) /.test(arrow))).toEqual([]);
});
