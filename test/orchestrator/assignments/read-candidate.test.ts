import { describe, expect, it } from 'vitest';
import type { RunMaterial } from '../../../src/agents/plans/run-material.ts';
import { readCandidate } from '../../../src/orchestrator/assignments/read-candidate.ts';

const material: RunMaterial = { requirement: '', projectFiles: [], files: [], documents: [], documentsLike: () => [], writingSteps: [] };

async function problemsOf(path: string, content: string, due: string[], files: RunMaterial['files'] = []): Promise<string[]> {
  const { findings } = await readCandidate({
    assignment: { kind: 'file', path, purpose: 'code', state: 'new', names: [], message: '', shows: 'files', origin: 'named' },
    reply: { text: content, finishReason: 'stop' },
    activity: 'implementation/1',
    material: { ...material, files },
    due,
    serves: 'file',
    files: { previewFile: () => Promise.resolve({ content, language: undefined, range: [0, content.length] }) },
  });
  return findings.map(({ message }) => message);
}

describe('one of several files', () => {
  it.each([
    ['may import what the step writes next', 'bell.py', 'import tones\nprint(tones.a())\n', ['tones.py']],
    ['may do so from a folder', 'bell.py', 'from sound.tones import a\nprint(a())\n', ['sound/tones.py']],
    ['may do so in JavaScript', 'bell.mjs', "import { a } from './tones.mjs';\nconsole.log(a());\n", ['tones.mjs']],
  ])('%s', async (_, path, content, due) => {
    expect(await problemsOf(path, content, due)).toEqual([]);
    expect(await problemsOf(path, content, [])).toHaveLength(1);
  });

  it('has what the one before it takes out of it', async () => {
    const files = [{ path: 'bell.py', content: 'from tones import a, b\nprint(a(), b())\n' }];
    expect(await problemsOf('tones.py', 'def a():\n    return 1\n', [], files)).toEqual([
      'tones.py: `bell.py` needs `b`, which is not there',
    ]);
  });
});

describe('a document that was ended at its planned length', () => {
  const text = '# Tips\n\nShares tips.\n\n## Use\n\n```sh\npython3 ti';

  it.each<['stop' | 'planned_length', string | undefined]>([
    ['planned_length', '# Tips\n\nShares tips.\n'],
    ['stop', undefined],
  ])('ends after its last whole part (%s)', async (finishReason, expected) => {
    const { mended, content, findings } = await readCandidate({
      assignment: {
        kind: 'file',
        path: 'README.md',
        purpose: 'documents',
        state: 'new',
        names: [],
        message: '',
        shows: 'code',
        origin: 'derived',
      },
      reply: { text, finishReason },
      activity: 'documentation/1',
      material,
      due: [],
      serves: 'file',
      files: { previewFile: () => Promise.resolve(undefined) },
    });
    expect(mended?.content).toBe(expected);
    expect(content).toContain('## Use');
    expect(findings).toEqual([]);
  });
});

describe('a step that words serve, too', () => {
  const quoted = 'It returns 190 for that, because it divides by 1000.\n\n```python\nprint(tax_of(10000))\n```\n';
  const plain = 'It returns 190 for that, because it divides by 1000.\n';
  const standing = 'def tax_of(cents):\n    return cents\n';

  it.each([
    ['words', 'file', plain, undefined, false],
    ['words', 'file_or_words', plain, undefined, true],
    ['words with code', 'file_or_words', quoted, undefined, false],
    ['words with code, of a question', 'words_or_file', quoted, undefined, true],
    ['the file as it stands, of a question', 'words_or_file', quoted, standing, true],
    ['the file as it stands', 'file_or_words', quoted, standing, false],
    ['another file, of a question', 'words_or_file', quoted, `${standing}\n\ndef total():\n    return 0\n`, false],
    ['nothing', 'words_or_file', ' \n', undefined, false],
  ] as const)('takes %s (%s)', async (_, serves, text, content, answers) => {
    const files = [{ path: 'tax.py', content: standing }];
    const candidate = await readCandidate({
      assignment: {
        kind: 'file',
        path: 'tax.py',
        purpose: 'code',
        state: 'changed',
        names: [],
        message: 'What?',
        shows: 'files',
        origin: 'named',
      },
      reply: { text, finishReason: 'stop' },
      activity: 'turn_1/1',
      material: { ...material, files },
      due: [],
      serves,
      files: { previewFile: () => Promise.resolve(content === undefined ? undefined : { content, language: undefined, range: [0, 1] }) },
    });
    expect([candidate.answers === true, candidate.findings.length === 0]).toEqual([
      answers,
      answers || content?.includes('total') === true,
    ]);
  });
});
