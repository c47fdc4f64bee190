import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completedReplies, eventsOfType, teamOnFake } from '../../support/team-on-fake.ts';
import { replyAsTeam } from '../../support/team-replies.ts';

describe('thoughts of which only the end is marked', () => {
  it('stand in the journal as reasoning, in no reply, no file and no later prompt, and the summary tells of them', async () => {
    const replies = replyAsTeam();
    const draft = 'Perhaps so:\n\n```python:src/draft.py\nx = 1\n```\n\nNo.\n';
    const { engine, server, events, orchestrator } = await teamOnFake({
      settings: { max_concurrent_agents: 1 },
      server: { reply: (request) => ({ text: `${draft}</think>\n\n${replies(request)}` }) },
    });
    const result = await engine.executeWorkflow('documentation', 'Build a bookmark manager.');
    expect(result.status).toBe('completed');
    const completed = completedReplies(events).map(({ data }) => data);
    expect(completed.map(({ reasoning }) => reasoning)).toEqual(completed.map(() => draft));
    expect(completed.filter(({ text }) => text.includes('draft.py'))).toEqual([]);
    expect(eventsOfType(events, 'reply.cut').map(({ data }) => data.why)).toEqual(completed.map(() => 'thoughts'));
    expect(eventsOfType(events, 'artifact.written').filter(({ data }) => JSON.stringify(data).includes('draft.py'))).toEqual([]);
    expect(server.requests.filter(({ body }) => JSON.stringify(body).includes('draft.py'))).toEqual([]);
    const summary = readFileSync(join(orchestrator.outputFolder, `workflow_summary_${result.workflow_id}.md`), 'utf8');
    expect(summary).toContain(`took out ${draft.length} characters in which the model thought`);
  });
});
