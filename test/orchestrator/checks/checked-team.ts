import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeLines } from '../../../src/cli/views/outcome.ts';
import { plainView } from '../../../src/cli/views/plain/plain-view.ts';
import { runFolders } from '../../../src/orchestrator/journal/run-folders.ts';
import type { WorkflowResult } from '../../../src/orchestrator/results/run-result.ts';
import { eventsOfType, teamOnFake, type TeamOnFakeOptions } from '../../support/team-on-fake.ts';

const languages: Record<string, string> = { py: 'python', sh: 'bash', lua: 'lua', md: 'markdown' };

export const block = (path: string, content: string) =>
  `\`\`\`${languages[path.slice(path.lastIndexOf('.') + 1)]}:${path}\n${content}\`\`\`\n`;

export interface CheckedTeamOptions extends Omit<TeamOnFakeOptions, 'server'> {
  /** What the developer writes; a list: each time that it is asked. */
  code?: string | string[];
  /** What the QA engineer writes. */
  tests?: string;
}

/** A bug fix by a developer and a QA engineer, and release notes, whose work is checked. */
export async function checkedTeam({
  code = block('a.py', 'total = 1\n'),
  tests = block('test_a.py', 'from a import total\n\n\ndef test_total():\n    assert total == 1\n'),
  ...options
}: CheckedTeamOptions = {}) {
  const versions = [code].flat();
  let asked = 0;
  const team = await teamOnFake({
    ...options,
    settings: { max_concurrent_agents: 1, verify: 'auto', ...options.settings },
    server: {
      reply: ({ taskType }) => {
        if (taskType === 'bug_fix') return versions[Math.min(asked++, versions.length - 1)]!;
        if (taskType === 'regression_testing') return tests;
        return taskType === 'release_notes' ? '```markdown:NOTES.md\n# Mended\n```\n' : 'The sum begins with one.';
      },
    },
  });
  const foldersOf = ({ workflow_id: run, workflow_type: workflow }: WorkflowResult) =>
    runFolders({ output: join(team.workspace, 'output'), run, workflow });
  return {
    ...team,
    fix: () => team.engine.executeWorkflow('bug_fix', 'The total is wrong.'),
    folderOf: (result: WorkflowResult) => foldersOf(result).generated,
    summaryOf: (result: WorkflowResult) => readFileSync(foldersOf(result).summary, 'utf8'),
    told: (result: WorkflowResult) => outcomeLines(result, foldersOf(result), team.workspace).join('\n'),
    /** The ids of the activities that ran, or were to run, a command. */
    commands: () => eventsOfType(team.events, 'activity.started').flatMap(({ data }) => (data.kind === 'command' ? [data.activity] : [])),
    plain: () => {
      let text = '';
      const view = plainView({ write: (piece) => (text += piece), detail: 'normal' });
      for (const event of team.events) view.event(event);
      return text;
    },
  };
}
