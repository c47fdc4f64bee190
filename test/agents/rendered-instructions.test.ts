import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import type { BaseAgent } from '../../src/agents/base-agent.ts';
import { createTeam } from '../../src/agents/create-team.ts';
import { builtInRoles } from '../../src/agents/role-catalogue.ts';
import { teamInstructions } from '../../src/agents/team-instructions.ts';

/**
 * What the version said that had its roles in code, before they were data. A change of words is a change of what was measured: whoever means it writes the file
 * anew (`UPDATE_INSTRUCTIONS=1`), looks at the difference, and measures.
 */
const file = join(import.meta.dirname, 'rendered-instructions.json');

const lengths = ['full', 'brief', 'plain'] as const;
const layouts = ['contract', 'material', 'transcript', 'per_role'] as const;
const preferences = {
  none: { coverage_threshold: '' },
  some: {
    languages: ['python', 'typescript'],
    frameworks: ['fastapi'],
    test_frameworks: ['pytest'],
    coverage_threshold: 85,
    platforms: ['docker'],
    ci_cd_tools: ['github_actions'],
    formats: ['markdown'],
    style_guide: 'google',
  },
};

const taskTypes = builtInRoles()
  .roles.flatMap(({ tasks }) => [...tasks.keys()])
  .toSorted();

const teams = Object.entries(preferences).map(([which, config]) => {
  const settings = Object.fromEntries(builtInRoles().roles.map(({ id }) => [id, { enabled: true, config }]));
  return { which, agents: createTeam(builtInRoles(), settings) };
});

/** The preamble and every role in every length and layout. */
function renderedRoles(): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const length of lengths) texts[`preamble ${length}`] = teamInstructions().preamble(length);
  for (const { which, agents } of teams)
    for (const agent of agents)
      for (const length of lengths)
        for (const layout of layouts) texts[`${agent.role} ${which} ${length} ${layout}`] = agent.getSystemPrompt({ length, layout });
  return texts;
}

/** Of one role: a hash for each type of task and length, over all layouts and over what the step says itself. */
function renderedTasks(agent: BaseAgent, which: string): Record<string, string> {
  const hashes: Record<string, string> = {};
  for (const taskType of [...taskTypes, 'unheard_of'])
    for (const length of lengths) {
      const hash = createHash('sha256');
      for (const expects of ['text', 'files'] as const)
        for (const description of ['', 'Do it well'])
          for (const layout of layouts) {
            const task = { taskId: 'a', taskType, description, expects, step: { number: 2, of: 5 }, context: {}, priority: 1 };
            const message = agent.composeMessage({ ...task, dependencies: [], createdAt: 0 }, { length, layout });
            hash.update(`${expects}|${description}|${layout}\n${message}\n`);
          }
      hashes[`${agent.role} ${which} ${taskType} ${length}`] = hash.digest('hex').slice(0, 32);
    }
  return hashes;
}

const everyone = teams.flatMap(({ which, agents }) => agents.map((agent) => ({ which, agent, role: agent.role })));

if (process.env['UPDATE_INSTRUCTIONS'] === '1') {
  const hashes = Object.assign({}, ...everyone.map(({ agent, which }) => renderedTasks(agent, which))) as Record<string, string>;
  writeFileSync(file, `${JSON.stringify({ taskTypes, texts: renderedRoles(), hashes }, null, 2)}\n`);
}

const before = JSON.parse(readFileSync(file, 'utf8')) as {
  taskTypes: string[];
  texts: Record<string, string>;
  hashes: Record<string, string>;
};

describe('the words that a model reads', () => {
  it('are the same, byte for byte, as before roles were data', () => {
    expect(renderedRoles()).toEqual(before.texts);
  });

  it.each(everyone)('are the same for each type of task that $role does, with $which of its settings', ({ which, agent }) => {
    const expected = Object.entries(before.hashes).filter(([name]) => name.startsWith(`${agent.role} ${which} `));
    expect(renderedTasks(agent, which)).toEqual(Object.fromEntries(expected));
  });

  it('were taken down for all types of tasks that the roles know', () => {
    expect(taskTypes).toEqual(before.taskTypes);
  });
});
