import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { BotserverAgent } from '../llm/providers/botserver/botserver-agents.ts';

/** Who of the team answers for an agent of a botserver, and as what. */
export interface AgentDuty {
  /** The role that plays it. */
  role: string;
  /** Continues "You answer as …". */
  as: string;
}

let duties: Readonly<Record<BotserverAgent, AgentDuty>> | undefined;

/**
 * Who of the team answers for each agent of a botserver, by the agent's name.
 * @example
 * console.log(agentDuties().builder.role); // developer
 */
export function agentDuties(): Readonly<Record<BotserverAgent, AgentDuty>> {
  return (duties ??= parse(readFileSync(join(import.meta.dirname, 'agent-duties.yaml'), 'utf8')) as typeof duties & object);
}
