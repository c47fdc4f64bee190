import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { decideRun, type DecideRunOptions } from '../../../src/operations/decide-run.ts';
import { AgentOrchestrator } from '../../../src/orchestrator/agent-orchestrator.ts';
import type { PersonDecision } from '../../../src/orchestrator/decisions/judge-decision.ts';
import type { Clock } from '../../../src/utils/clock.ts';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { instantClock } from '../../support/instant-clock.ts';
import type { TeamOnFakeOptions } from '../../support/team-on-fake.ts';
import { analysis, teamWithSteps } from './team-with-steps.ts';

export const day = 86_400_000;

/** On it a long wait does not end. @param milliseconds How much later it is than now. */
export function standingClock(milliseconds = 0): Clock {
  const clock = instantClock();
  return {
    now: () => clock.now() + milliseconds,
    sleep: (duration, signal) => clock.sleep(duration > 60_000 ? 2 ** 31 : duration, signal),
  };
}

export const files = (role: string, task_type: string, depends_on: string[] = []) => ({
  id: task_type,
  role,
  task_type,
  description: `Do ${task_type}.`,
  expects: 'files' as const,
  depends_on,
});

export const approval = (options: object = {}, id = 'release') => ({
  id,
  kind: 'approval',
  description: 'Somebody approves it.',
  ask: 'May this go out?',
  ...options,
});

export const program = (text: string) => `Here it is.\n\n\`\`\`python:greet.py\nprint(${JSON.stringify(text)})\n\`\`\`\n`;

/** Each program that is asked for is another one: `version 1`, `version 2` … Texts are as the stand-in has them. */
function versions() {
  let count = 0;
  return ({ body }: RequestRecord) => {
    const message = (body['messages'] as { content: string }[] | undefined)?.at(-1)?.content ?? '';
    if (message.includes(': requirements_analysis'))
      return '# Analysis\n\nThe program greets whoever starts it, with the words that it is given.\n';
    return program(`version ${(count += 1)}`);
  };
}

type Steps = Parameters<typeof teamWithSteps>[0];

/** A program that somebody approves before it is documented. */
export function releaseSteps(options: object = {}): Steps {
  return [
    files('developer', 'implementation'),
    approval({ depends_on: ['implementation'], ...options }),
    analysis('after', ['release'], 'requirements_analysis'),
  ];
}

/** A run that rests, and what people do with it. Everybody who decides or goes on with it is a process of their own that has come later. */
export async function restingRun(steps: Steps, options: TeamOnFakeOptions = {}) {
  const { orchestrator: given, server, ...others } = options;
  const team = await teamWithSteps(steps, {
    ...others,
    server: { reply: versions(), ...server },
    orchestrator: { clock: standingClock(), ...given },
  });
  const { workspace, server: fake } = team;
  const first = await team.run(undefined, 'rest');
  const run = first.workflow_id;
  const later = (milliseconds = 0) => {
    const orchestrator = new AgentOrchestrator({
      workspace,
      clock: standingClock(milliseconds),
      config: { workspace, output_directory: `${workspace}/output`, llm_base_url: fake.address, max_concurrent_agents: 1, verify: 'off' },
    });
    onTestFinished(() => orchestrator.close());
    return orchestrator;
  };
  const place = (path: string) => join(workspace, 'output', 'generated', run, path);
  return {
    ...team,
    run,
    first,
    later,
    state: () => later().loadRun(run),
    decide: (decision: PersonDecision, who: DecideRunOptions = {}) => decideRun(later(), run, decision, who),
    resume: (milliseconds = 0) => later(milliseconds).resumeRun(run),
    read: (path: string) => readFileSync(place(path), 'utf8'),
    write: (path: string, text: string) => writeFileSync(place(path), text),
    /** The messages of the newest request. */
    lastPrompt: () => (fake.requests.at(-1)?.body['messages'] as { role: string; content: string }[] | undefined) ?? [],
  };
}
