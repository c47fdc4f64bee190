import { printableLine } from '../../../utils/printable.ts';
import type { AnswererWords, ToldAnswer } from '../../chat/classify-model-error.ts';
import type { ModelErrorOptions } from '../../model-error.ts';
import { wordsOfProvider } from '../provider-words.ts';
import { botserverAgents } from './botserver-agents.ts';

/** Where a botserver is, and with which key. */
export interface BotserverPlace {
  /** The entry's name in the settings, for messages. */
  name: string;
  title: string;
  /** Without a slash at the end. */
  root: string;
  apiKey?: string | undefined;
}

/** How errors speak of a botserver. */
export function wordsOfBotserver({ name, title, root }: BotserverPlace): AnswererWords {
  const { hints, ...words } = wordsOfProvider({ name, title, address: root }, [noAgent(name)]);
  return {
    ...words,
    hints: {
      ...hints,
      'server.lost': `See whether the server is running (its log says more), then go on: multiagent resume.`,
      'server.endless': `Check base_url of providers.${name}: no botserver sends that much.`,
    },
  };
}

/** An answer that is none of what a botserver says. */
export class NotUnderstood extends Error {}

/** @param what What was asked for, with its article. */
export function notUnderstood({ who }: AnswererWords, what: string, name: string): ModelErrorOptions {
  return {
    kind: 'configuration',
    code: 'provider.not_understood',
    message: `${who.slice(0, 1).toUpperCase()}${who.slice(1)} answered with something else where ${what} was expected.`,
    hint: `Check base_url of providers.${name}: it may be another server. A multiagent answers there with: multiagent serve --botcoder.`,
  };
}

/** What an agent said that could not do what it was asked. A model on this machine may do it instead, where fallback says so. */
export function agentFailed(
  { who }: AnswererWords,
  { agent, code, said }: { agent: string; code: number; said: string },
): ModelErrorOptions {
  const words = printableLine(said.trim().slice(0, 300)) || 'it gave no reason';
  return {
    kind: 'refused',
    code: 'provider.agent_failed',
    message: `The agent ${agent} of ${who} failed (exit code ${code}): ${words}`,
    hint: 'Its server says more in its log. "fallback" in your own settings names a model that takes over.',
  };
}

function noAgent(name: string) {
  return ({ answer, who, said }: ToldAnswer): ModelErrorOptions | undefined =>
    answer.status === 404
      ? {
          kind: 'configuration',
          code: 'model.not_found',
          message: `${who} does not know this agent or address (${said}).`,
          hint: `Name another agent, as --model ${name}/<agent>: ${botserverAgents.join(', ')}. Or check base_url of providers.${name}.`,
        }
      : undefined;
}
