import { expect, test } from 'vitest';
import { requirementTitle } from '../../../src/state/run/run-title.ts';

test.each([
  ['\n\n# URL shortener \n\nIt shortens.', 'URL shortener'],
  ['A todo list\nin Python', 'A todo list'],
  ['#42 is broken', '#42 is broken'],
  ['## A heading that is longer than its room', 'A heading that is l…'],
  ['', ''],
])('the requirement %j is called %j', (requirement, title) => expect(requirementTitle(requirement, 20)).toBe(title));
