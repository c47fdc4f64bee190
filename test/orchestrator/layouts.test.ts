import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { teamOnFake } from '../support/team-on-fake.ts';

const requirement = 'Keep a list of habits.';
const analysis = '# Analysis\n\nA habit has a name and a day.';
const code = 'habits = []\n';

async function documentsOf(layout: 'contract' | 'material' | 'transcript') {
  const team = await teamOnFake({
    settings: { max_concurrent_agents: 1, prompt_layout: layout },
    server: {
      reply: ({ taskType }: RequestRecord) => {
        if (taskType === 'requirements_analysis') return analysis;
        if (taskType === 'architecture_design') return '# Design\n\nOne module holds everything in a list.';
        return `\`\`\`python:${taskType}_test.py\n${code}def test_${taskType}():\n    assert habits == []\n\`\`\`\n`;
      },
    },
  });
  const result = await team.engine.executeWorkflow('feature_development', requirement);
  expect(result.error).toBe(null);
  const requests = team.server.requests.filter(({ taskType }) => taskType === 'testing');
  return { result, messages: requests[0]!.messages };
}

describe('what a task is shown of its run', () => {
  it('contract: the files as they stand in the one message of the user, and nothing of what was said', async () => {
    const { messages } = await documentsOf('contract');
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(
      messages[1]!.content.startsWith(`# Requirement\n\n${requirement}\n\n# Files written so far\n\n\`\`\`implementation_test.py\n`),
    ).toBe(true);
    expect(messages[1]!.content).not.toContain(analysis);
  });

  it("material: these, and then colleagues' documents", async () => {
    const { messages } = await documentsOf('material');
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
    const [files, documents] = messages[1]!.content.split('# Notes: requirements_analysis\n\n');
    expect(files).toContain(code);
    expect(documents?.startsWith(analysis)).toBe(true);
  });

  it('transcript: earlier turns as turns', async () => {
    const { messages } = await documentsOf('transcript');
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user', 'assistant', 'user', 'assistant', 'user']);
    expect(messages[2]!.content).toBe(analysis);
  });

  it.each(['contract', 'material', 'transcript'] as const)('%s: the ledger knows the least that such a run reads', async (layout) => {
    const { result } = await documentsOf(layout);
    const { tokens_read: read, tokens_ideal: ideal } = result.ledger.run;
    expect(read! / ideal!).toBeGreaterThan(0.95);
    expect(read! / ideal!).toBeLessThanOrEqual(1.05);
  });
});
