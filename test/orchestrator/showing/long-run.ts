import type { SettingsInput } from '../../../src/config/settings-schema.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { teamWithSteps } from '../step-kinds/team-with-steps.ts';

export const fileBlock = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n\n`;

/** A module of about 260 tokens; each but the first uses the one before. */
export function module(number: number): { path: string; content: string } {
  const lines = Array.from({ length: 18 }, (_, line) => `    total += values[${line}] * ${number * 100 + line}  # row ${number}.${line}`);
  const uses = number === 0 ? '' : `from part_${number - 1} import count_${number - 1}\n\n\n`;
  return {
    path: `part_${number}.py`,
    content: `${uses}def count_${number}(values):\n    total = ${number}\n${lines.join('\n')}\n    return total\n`,
  };
}

export const bodyOf = (number: number) => `# row ${number}.9\n`;
export const signatureOf = (number: number) => `def count_${number}(values):`;

/** How many modules each of the first steps writes, and how many such steps there are. */
const each = 4;
export const buildings = 8;
export const modules = Array.from({ length: each * buildings }, (_, number) => module(number));

export interface LongRunOptions {
  /** What the last step is to do. */
  change: string;
  /** What it answers, by how often it was asked. */
  answer: (time: number, message: string) => string;
  contextTokens: number;
  settings: SettingsInput;
  server?: FakeLlamaServerOptions;
}

export const lastMessage = (request: RequestRecord | undefined) =>
  (request?.body['messages'] as { role: string; content: string }[] | undefined)?.findLast(({ role }) => role === 'user')?.content ?? '';

/** A run in which steps write many modules, one after the other, and a last one changes something. */
export async function longRun({ change, answer, contextTokens, settings, server }: LongRunOptions) {
  const build = (number: number) => ({
    id: `build_${number}`,
    role: 'developer',
    task_type: 'implementation',
    description: `Write the ${number + 1}. quarter.`,
    expects: 'files' as const,
    depends_on: number === 0 ? [] : [`build_${number - 1}`],
  });
  const last = { ...build(buildings), id: 'change', task_type: 'refinement', description: change };
  const next = { ...build(0), id: 'after', task_type: 'refinement', description: 'Change part_0.py.', depends_on: ['change'] };
  let times = 0;
  const stepOf = (request: RequestRecord) => {
    const told = lastMessage(request);
    return Array.from({ length: buildings }, (_, number) => number).find((number) => told.includes(`Write the ${number + 1}. quarter.`));
  };
  const team = await teamWithSteps([...Array.from({ length: buildings }, (_, number) => build(number)), last, next], {
    settings,
    server: {
      contextTokens,
      ...server,
      reply: (request) => {
        const number = stepOf(request);
        if (number !== undefined && !lastMessage(request).includes(change))
          return modules
            .slice(number * each, number * each + each)
            .map(({ path, content }) => fileBlock(path, content))
            .join('');
        if (lastMessage(request).includes('Change part_0.py.')) return fileBlock('part_0.py', 'def count_0(values):\n    return 7\n');
        return answer((times += 1), lastMessage(request));
      },
    },
  });
  return {
    ...team,
    reads: () => eventsOfType(team.events, 'activity.completed').flatMap(({ data }) => (data.kind === 'read' ? [data] : [])),
    asked: (words: string) => team.server.requests.filter((request) => lastMessage(request).includes(words)),
  };
}
