import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRecording } from '../../../src/llm/recording/create-recording.ts';
import { readRecording } from '../../../src/llm/recording/read-recording.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('a recording', () => {
  it('overwrites no file', async () => {
    const path = join(temporaryFolder(), 'session.jsonl');
    writeFileSync(path, 'mine');
    await expect(createRecording(path)).rejects.toMatchObject({ code: 'recording.exists', category: 'usage' });
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('is refused where it cannot be written', async () => {
    const path = join(temporaryFolder(), 'missing', 'session.jsonl');
    await expect(createRecording(path)).rejects.toMatchObject({ code: 'recording.unwritable', category: 'usage' });
  });

  it.each([
    ['{"type":\n', /Each line of a recording is JSON, but line 1 of/],
    ['{"type":"weather"}\n', /is not a line of a recording/],
    ['', /does not describe a server/],
  ])('is refused where a line is none: %j', async (text, message) => {
    const path = join(temporaryFolder(), 'session.jsonl');
    writeFileSync(path, text);
    await expect(readRecording(path)).rejects.toMatchObject({ code: 'recording.invalid', message: expect.stringMatching(message) });
  });
});
