import { expect, it } from 'vitest';
import { calledSentence } from '../../../src/orchestrator/calling/called-sentence.ts';

it.each<[Parameters<typeof calledSentence>[0], string]>([
  [{ tool: 'search_files', arguments: { text: 'RATE', folder: 'src' }, failed: false }, 'called search_files("RATE", "src")'],
  [{ tool: 'read_file', arguments: { path: 'a.py', first_line: 3 }, failed: false }, 'called read_file("a.py", 3)'],
  [{ tool: 'list_files', arguments: {}, failed: true }, 'called list_files(): it failed'],
  [
    { tool: 'execute_command', arguments: { command: 'make\ntest' }, failed: true, exitCode: 2 },
    'called execute_command("make test"): exit code 2',
  ],
  [
    { tool: 'list_files', arguments: {}, failed: false, repeated: true },
    'called list_files() once more, and was told that nothing has changed',
  ],
  [{ tool: 'search_files', arguments: { text: 'x'.repeat(200) }, failed: false }, `called search_files("${'x'.repeat(79)}…")`],
])('what a model has called is told in a sentence: %j', (called, sentence) => {
  expect(calledSentence(called)).toBe(sentence);
});
