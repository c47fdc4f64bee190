import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { teamOnFake } from '../../support/team-on-fake.ts';

const program = 'def split_tips(cents, names):\n    return {name: cents for name in names}\n';
const refined = 'def split_tips(cents, names):\n    return {name: cents for name in sorted(names)}\n';
const request = 'Sort the names.';

const asked = ({ body }: RequestRecord) => (body['messages'] as { content: string }[]).at(-1)?.content ?? '';

it('a small model is asked for the change that a person wants, with the file as it stands', async () => {
  const { engine, orchestrator, server } = await teamOnFake({
    settings: { max_concurrent_agents: 1, sandbox: 'off', verify: 'off' },
    server: {
      model: 'some-coder-1.5b-instruct',
      reply: (one) => {
        if (!asked(one).includes('the file tips.py in a code block')) return '# Tips\n\nIt splits the tips of an evening.\n';
        return `tips.py\n\n\`\`\`python\n${asked(one).includes(request) ? refined : program}\`\`\`\n`;
      },
    },
  });
  const first = await engine.executeWorkflow('feature_development', 'Write `tips.py` with the function `split_tips(cents, names)`.');
  const before = server.requests.length;
  const result = await orchestrator.refineRun(first.workflow_id, { request });
  expect([result.status, result.error]).toEqual(['completed', null]);
  const messages = server.requests.slice(before).map(asked);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toContain(`\`\`\`tips.py\n${program}\`\`\``);
  expect(
    messages[0]?.endsWith(`${request} Give the complete content of the file tips.py in a code block with its name on the line before.`),
  ).toBe(true);
  expect(readFileSync(join(orchestrator.outputFolder, 'generated', result.workflow_id, 'tips.py'), 'utf8')).toBe(refined);
});
