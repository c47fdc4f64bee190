import { ModelError } from '../../model-error.ts';

/** The agents of a botserver ("Mantis #1" to "#12"), in the order of their numbers. */
export const botserverAgents = [
  'planner',
  'builder',
  'reviewer',
  'deployer',
  'editor',
  'database',
  'git',
  'test',
  'browser',
  'terminal',
  'docs',
  'security',
] as const;

export type BotserverAgent = (typeof botserverAgents)[number];

/** Whom a question is for that names no agent. */
export const usualAgent: BotserverAgent = 'builder';

/** In place of an agent: all of them together do whole steps. Where a step cannot be done so, the usual agent is asked. */
export const wholeSteps = 'autotask';

/** The agent that a name or a number means, as in `builder`, `2`, `mantis-2`, `mantis_2`. Undefined: none of those that every botserver has. */
export function knownAgent(name: string): BotserverAgent | undefined {
  const plain = name.toLowerCase();
  const number = /^(?:mantis[-_]?)?(\d{1,2})$/.exec(plain)?.[1];
  return number === undefined ? botserverAgents.find((agent) => agent === plain) : botserverAgents[Number(number) - 1];
}

/** What can stand in an address without leading elsewhere: the name may be from a file of a project. */
const speakable = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/**
 * What an agent may be called in an address, as it was written first: some servers know agents by name, others by number.
 * @throws ModelError `model.not_found` for what no agent can be called.
 */
export function spellingsOf(name: string): [string, ...string[]] {
  if (!speakable.test(name)) {
    throw new ModelError({
      kind: 'configuration',
      code: 'model.not_found',
      message: `${JSON.stringify(name.slice(0, 80))} cannot be the name of an agent of a botserver.`,
      hint: `Its agents are ${botserverAgents.join(', ')}.`,
    });
  }
  const agent = knownAgent(name);
  if (agent === undefined) return [name];
  const number = String(botserverAgents.indexOf(agent) + 1);
  return [name, ...[agent, number].filter((other) => other !== name)];
}
