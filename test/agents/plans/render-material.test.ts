import { describe, expect, it } from 'vitest';
import { renderMaterial, renderStanding, shownFiles } from '../../../src/agents/plans/render-material.ts';
import type { RunMaterial } from '../../../src/agents/plans/run-material.ts';

const material: RunMaterial = {
  requirement: 'Count pebbles.',
  projectFiles: [],
  files: ['pebbles.py', 'test_pebbles.py', 'Dockerfile'].map((path) => ({ path, content: `in ${path}\n` })),
  documents: [{ taskType: 'requirements_analysis', text: 'Count them all.' }],
  documentsLike: () => [],
  writingSteps: [],
};

describe('what a message shows before its own words', () => {
  it.each([
    [
      'every file, in the order of writing',
      'contract',
      'files',
      ['in pebbles.py', 'in test_pebbles.py', 'in Dockerfile'],
      ['Count them all'],
    ],
    ['the programs alone', 'contract', 'code', ['in pebbles.py'], ['in test_pebbles.py', 'in Dockerfile']],
    ['nothing', 'contract', 'nothing', [], ['in ']],
    ["colleagues' notes as well", 'material', 'nothing', ['# Notes: requirements_analysis', 'Count them all.'], ['in pebbles.py']],
    ['nothing where earlier turns show it', 'transcript', 'nothing', [], ['in ', 'Count']],
  ] as const)('%s', (_, layout, shows, present, absent) => {
    const text = renderStanding(shownFiles(material, shows)) + renderMaterial({ material, layout });
    const places = present.map((part) => text.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    for (const part of absent) expect(text).not.toContain(part);
  });

  it('what shows the programs alone begins with the same bytes as what showed them before others were written', () => {
    const earlier = { ...material, files: material.files.slice(0, 1) };
    expect(renderStanding(shownFiles(material, 'code'))).toBe(renderStanding(shownFiles(earlier, 'files')));
  });
});
