import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { countTokens } from './fake-llama-server/tokenizer.ts';
import { replyAsTeam, TEAM_TASK_TYPES, teamReply, teamReplyFiles } from './team-replies.ts';

const anyTaskType = fc.constantFrom(...TEAM_TASK_TYPES);

test('there is a reply for each of the 21 task types', () => {
  expect(new Set(TEAM_TASK_TYPES).size).toBe(21);
});

describe.each(TEAM_TASK_TYPES)('%s', (taskType) => {
  test('text has headings, files stand in fences named language:path', () => {
    const reply = teamReply({ taskType, seed: 3 });
    const files = teamReplyFiles({ taskType, seed: 3 });
    const openings = reply.match(/^```\w+:\S+$/gm) ?? [];
    expect(openings).toEqual(files.map(({ language, path }) => `\`\`\`${language}:${path}`));
    for (const { content } of files) expect(reply).toContain(content);
    expect(files.length).toBeLessThanOrEqual(3);
    const headings = reply.match(/^#{2,3} /gm) ?? [];
    expect(files.length > 0 || headings.length >= 3).toBe(true);
  });
});

test('the same options give the same reply, of about the length that was asked for', () => {
  fc.assert(
    fc.property(anyTaskType, fc.nat(20), fc.integer({ min: 600, max: 3000 }), (taskType, seed, tokens) => {
      const reply = teamReply({ taskType, seed, tokens });
      expect(teamReply({ taskType, seed, tokens })).toBe(reply);
      expect(Math.abs(countTokens(reply) - tokens)).toBeLessThan(tokens * 0.1);
    }),
    { numRuns: 60 },
  );
});

test('YAML files parse', () => {
  const files = TEAM_TASK_TYPES.flatMap((taskType) => teamReplyFiles({ taskType, tokens: 800 })).filter(
    ({ language }) => language === 'yaml',
  );
  expect(files.length).toBeGreaterThan(2);
  for (const { content } of files) expect(parse(content)).toBeTypeOf('object');
});

test('an unknown step gets a reply without files', () => {
  expect(replyAsTeam()({ taskType: undefined })).not.toContain('```');
  expect(replyAsTeam({ seed: 1 })({ taskType: 'testing' })).toBe(teamReply({ taskType: 'testing', seed: 1 }));
});
