import { namedFolders } from '../../src/orchestrator/run/folders-of-run.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLines } from '../../src/cli/runs/run-lines.ts';
import { liveFrame } from '../../src/cli/views/live/live-frame.ts';
import { applyToLiveRun } from '../../src/cli/views/live/apply-to-live-run.ts';
import { newLiveRun } from '../../src/cli/views/live/live-run.ts';
import { lookFor } from '../../src/cli/views/look.ts';
import { outcomeLines } from '../../src/cli/views/outcome.ts';
import { plainView } from '../../src/cli/views/plain/plain-view.ts';
import type { JournalEvent } from '../../src/events/run-stream-events.ts';
import { runFolders } from '../../src/orchestrator/journal/run-folders.ts';
import { teamOnFake } from '../support/team-on-fake.ts';

const block = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n`;
const replies: Record<string, string> = {
  bug_fix: block('a.py', 'total = 0\n'),
  regression_testing: block('test_a.py', 'def test_a():\n    assert True\n'),
  release_notes: '```markdown:NOTES.md\n# Mended\n```\n',
};

/** A bug fix whose fix was asked for once more, and came back as it was. */
async function retriedRun() {
  const team = await teamOnFake({
    settings: { max_concurrent_agents: 1 },
    server: { reply: ({ taskType = '' }) => replies[taskType] ?? 'The sum begins with one.' },
  });
  const first = await team.engine.executeWorkflow('bug_fix', 'The total is wrong.');
  const before = team.events.length;
  const result = await team.orchestrator.retryRun(first.workflow_id, { task: 'regression_testing' });
  return { ...team, first, result, run: first.workflow_id, before };
}

const nothing = 'changed nothing: every file is as it was before';

function plainLines(events: JournalEvent[], before: number): string {
  let text = '';
  const view = plainView({ write: (part) => void (text += part), detail: 'normal' });
  for (const event of events.slice(0, before)) view.earlier?.(event);
  for (const event of events.slice(before)) view.event(event);
  return text;
}

function frameOf(events: JournalEvent[]): string {
  const run = newLiveRun();
  for (const event of events) applyToLiveRun(run, event);
  const look = lookFor({ NO_COLOR: '1', LANG: 'C.UTF-8' }, 'linux');
  return liveFrame(run, { look, columns: 160, rows: 'all', begun: 0, now: 0, tail: 'short', keys: 'none' }).join('\n');
}

describe('a step that counts as done and changed nothing', () => {
  it('is told in the result and the summary', async () => {
    const { first, result, run, workspace } = await retriedRun();
    const told = ({ tasks }: typeof result) => Object.values(tasks).map((task) => task.result?.changed_nothing);
    expect(told(first)).toEqual([false, false, false, false]);
    expect(result.status).toBe('completed');
    expect(told(result)).toEqual([false, false, true, true]);
    const summary = readFileSync(join(workspace, 'output', `workflow_summary_${run}.md`), 'utf8');
    expect(summary).toContain('- Tasks: 4 of 4 completed (2 changed nothing), 0 failed');
    expect(summary.match(new RegExp(`- It ${nothing}`, 'g'))).toHaveLength(2);
  });

  it('is told by the command: while it runs, at its end, and by show', async () => {
    const { orchestrator, result, run, workspace, events, before } = await retriedRun();
    expect(plainLines(events, before)).toContain(`[3/4] regression_testing: ${nothing}\n`);
    expect(plainLines(events.slice(0, before), 0)).not.toContain('changed nothing');
    expect(frameOf(events).match(new RegExp(nothing, 'g'))).toHaveLength(2);
    const folders = runFolders({ output: join(workspace, 'output'), run, workflow: 'bug_fix' });
    expect(outcomeLines(result, folders, workspace)).toContain('  regression_testing: changed nothing');
    const state = await orchestrator.loadRun(run);
    const shown = runLines(
      { state, status: 'completed', owner: undefined, files: undefined, folders: namedFolders(state, workspace) },
      { now: 0, detail: 'whole' },
    ).join('\n');
    expect(shown).toMatch(/^ 3 {2}regression_testing +completed .* changed nothing/m);
    expect(shown).toContain(`\nregression_testing: ${nothing}\n`);
    expect(shown).toMatch(/^ 2 {2}bug_fix +completed .* 1 file/m);
  });
});
