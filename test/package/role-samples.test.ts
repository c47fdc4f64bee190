import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BaseAgent } from '../../src/agents/base-agent.ts';
import { teamOnFake } from '../support/team-on-fake.ts';
import { teamReply } from '../support/team-replies.ts';
import { temporaryProject } from '../config/temporary-project.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/roles.md'), 'utf8');
const step = { id: 'look', role: 'code_reviewer', task_type: 'code_review', description: 'Look at it.', expects: 'text' as const };
const server = { reply: () => teamReply({ taskType: 'technical_review' }) };

/** The only block of this language on the page. */
const sample = (language: string) => new RegExp(`\`\`\`${language}\\n([^]*?)\\n\`\`\`\\n`).exec(page)?.[1] ?? '';

it('the role of docs/roles.md does a step of a workflow, with its setting filled in', async () => {
  const workspace = temporaryProject({ '.multiagent/agents/code_reviewer.md': `${sample('markdown')}\n` });
  const { engine, server: fake } = await teamOnFake({ server, settings: { workspace }, orchestrator: { workspace } });
  engine.registerWorkflow({ name: 'look', title: 'Look', description: 'A look.', steps: [step] });
  expect(await engine.executeWorkflow('look', 'A todo list.')).toMatchObject({ status: 'completed' });
  const asked = JSON.stringify(fake.requests[0]?.body);
  expect(asked).toContain('You act as the Code Reviewer.');
  expect(asked).toContain('Review the code with strictness 3');
});

it('an agent like that of docs/roles.md takes the place of a role', async () => {
  // Word for word as on the page.
  class CodeReviewer extends BaseAgent {
    constructor() {
      super({ id: 'reviewer_001', role: 'code_reviewer', title: 'Code Reviewer' });
    }

    override getSystemPrompt(): string {
      return 'You read code as the person who will have to change it in a year.';
    }
  }
  const written = readFileSync(import.meta.filename, 'utf8').replaceAll(/^ {2}/gm, '');
  expect(written).toContain(sample('ts').split('\n\nconst orchestrator', 1)[0]);

  const { engine, server: fake } = await teamOnFake({ server, orchestrator: { agents: [new CodeReviewer()] } });
  engine.registerWorkflow({ name: 'look', title: 'Look', description: 'A look.', steps: [step] });
  expect(await engine.executeWorkflow('look', 'A todo list.')).toMatchObject({ status: 'completed' });
  expect(JSON.stringify(fake.requests[0]?.body)).toContain('You read code as the person who will have to change it in a year.');
});
