import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repairMessage } from '../../src/orchestrator/conversing/repair-files.ts';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';
import { replyAsTeam } from '../support/team-replies.ts';

const requirement = 'Build a bookmark manager.';
const replies = replyAsTeam();
const file = (path: string, content: string) => `\`\`\`${path.endsWith('.py') ? 'python' : 'text'}:${path}\n${content}\`\`\`\n`;
const broken = file('src/a.py', 'def f(:\n    return 1\n');
const good = file('src/a.py', 'def f():\n    return 1\n');

const lastMessage = ({ body }: RequestRecord) => (body['messages'] as { content: string }[]).at(-1)?.content ?? '';

/** A bug fix whose files are `first`, and `second` when they are asked for once more. */
function bugFix(first: string, second: string, file_check: 'report' | 'repair' | 'off') {
  return teamOnFake({
    settings: { max_concurrent_agents: 1, file_check },
    server: {
      reply: (request) => {
        if (lastMessage(request).includes('does not parse')) return second;
        return request.taskType === 'bug_fix' ? first : replies(request);
      },
    },
  });
}

describe('checking what was written', () => {
  it('reports where a file does not parse, and the task is completed all the same', async () => {
    const { engine, events, server, workspace } = await bugFix(broken, good, 'report');
    const result = await engine.executeWorkflow('bug_fix', requirement);
    expect(result.status).toBe('completed');
    const findings = [{ line: 1, column: 7, message: '`)` is missing' }];
    expect(eventsOfType(events, 'artifact.checked').find(({ data }) => data.task === 'bug_fix')?.data).toMatchObject({
      path: 'src/a.py',
      language: 'python',
      findings,
      found: 1,
    });
    expect(result.tasks['bug_fix']?.result?.files_created).toMatchObject([
      { path: 'src/a.py', check: { language: 'python', findings, found: 1 } },
    ]);
    expect(server.requests.filter((request) => lastMessage(request).includes('does not parse'))).toEqual([]);
    const summary = readFileSync(join(workspace, 'output', `workflow_summary_${result.workflow_id}.md`), 'utf8');
    expect(summary).toContain("line 1, column 7: ')' is missing");
  });

  it('says that a file was checked and is in order', async () => {
    const { engine, events } = await bugFix(good, good, 'report');
    await engine.executeWorkflow('bug_fix', requirement);
    expect(eventsOfType(events, 'artifact.checked').find(({ data }) => data.task === 'bug_fix')?.data).toMatchObject({
      findings: [],
      found: 0,
    });
  });

  it('looks at nothing when it is off', async () => {
    const { engine, events } = await bugFix(broken, good, 'off');
    expect((await engine.executeWorkflow('bug_fix', requirement)).status).toBe('completed');
    expect(eventsOfType(events, 'artifact.checked')).toEqual([]);
  });

  it('asks once for a file that does not parse, and the mended reply is the one that later tasks see', async () => {
    const { engine, events, server, workspace } = await bugFix(broken, good, 'repair');
    const result = await engine.executeWorkflow('bug_fix', requirement);
    expect(result.status).toBe('completed');
    expect(server.requests.filter((request) => lastMessage(request).includes('does not parse'))).toHaveLength(1);
    expect(readFileSync(join(workspace, 'output', 'generated', result.workflow_id, 'src', 'a.py'), 'utf8')).toBe(
      'def f():\n    return 1\n',
    );
    expect(eventsOfType(events, 'task.completed').find(({ data }) => data.task === 'bug_fix')?.data.turn).toEqual([
      { role: 'user', activity: 'bug_fix/1' },
      { role: 'assistant', activity: 'bug_fix/2' },
    ]);
    expect(result.tasks['bug_fix']?.result?.files_created).toMatchObject([{ check: { found: 0 } }]);
  });

  it('keeps the first reply for later tasks where the second holds only the mended file', async () => {
    const other = file('src/b.py', 'x = 1\n');
    const { engine, events } = await bugFix(`${broken}\n${other}`, good, 'repair');
    const result = await engine.executeWorkflow('bug_fix', requirement);
    expect(result.tasks['bug_fix']?.result?.files_created.map(({ path, check }) => [path, check?.found])).toEqual([
      ['src/a.py', 0],
      ['src/b.py', 0],
    ]);
    expect(eventsOfType(events, 'task.completed').find(({ data }) => data.task === 'bug_fix')?.data.turn).toEqual([
      { role: 'user', activity: 'bug_fix/1' },
      { role: 'assistant', activity: 'bug_fix/1' },
    ]);
  });

  it.each([
    ['is no better', file('src/a.py', 'def g(:\n    return 1\n')],
    ['holds no file', 'I am sorry.'],
    ['holds half of the file', file('src/a.py', 'x = 1\n')],
    ['holds a file that nobody asked for', `${good}\n${file('src/other.py', 'x = 1\n')}`],
  ])('leaves everything as it is when the second reply %s', async (_, second) => {
    const { engine, workspace, server } = await bugFix(broken, second, 'repair');
    const result = await engine.executeWorkflow('bug_fix', requirement);
    expect(result.status).toBe('completed');
    expect(result.tasks['bug_fix']?.result?.files_created).toMatchObject([{ path: 'src/a.py', check: { found: 1 } }]);
    expect(readFileSync(join(workspace, 'output', 'generated', result.workflow_id, 'src', 'a.py'), 'utf8')).toBe('def f(:\n    return 1\n');
    expect(server.requests.filter((request) => lastMessage(request).includes('does not parse'))).toHaveLength(1);
  });

  it('does not ask about languages whose valid dialects trip parsers', async () => {
    const { engine, server } = await bugFix('```sql:a.sql\nSELEC 1;\n```\n', good, 'repair');
    const result = await engine.executeWorkflow('bug_fix', requirement);
    expect(result.tasks['bug_fix']?.result?.files_created).toMatchObject([{ path: 'a.sql', check: { found: 1 } }]);
    expect(server.requests.filter((request) => lastMessage(request).includes('does not parse'))).toEqual([]);
  });

  it('gives a task one corrective turn in all', async () => {
    const { engine, server } = await teamOnFake({
      settings: { max_concurrent_agents: 1, file_check: 'repair' },
      server: {
        reply: (request) => {
          if (lastMessage(request).includes('contained no file')) return broken;
          return request.taskType === 'bug_fix' ? 'No file.' : replies(request);
        },
      },
    });
    const result = await engine.executeWorkflow('bug_fix', requirement);
    expect(result.tasks['bug_fix']).toMatchObject({ status: 'completed', result: { files_created: [{ check: { found: 1 } }] } });
    expect(server.requests.filter((request) => lastMessage(request).includes('does not parse'))).toEqual([]);
  });
});

describe('repairMessage', () => {
  it('quotes the lines that do not parse, and no others', () => {
    const content = Buffer.from('good = 1\ndef f(:\n    return 2\n');
    const findings = [{ line: 2, column: 7, message: '`)` is missing' }];
    const message = repairMessage([{ path: 'src/a.py', content, check: { language: 'python', findings, found: 1 } }]);
    expect(message).toContain('src/a.py does not parse as python:\n- line 2, column 7: `)` is missing\n      def f(:\n');
    expect(message).not.toContain('good = 1');
    expect(message).not.toContain('return 2');
  });
});
