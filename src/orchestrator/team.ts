import { isDeepStrictEqual } from 'node:util';
import type { BaseAgent } from '../agents/base-agent.ts';
import type { RoleCatalogue } from '../agents/role-catalogue.ts';
import type { Settings } from '../config/settings-schema.ts';
import { assembleTeam } from './assemble-team.ts';
import { MessageBus } from './message-bus.ts';

/** The agents of an orchestrator, and the bus that they are on. */
export class Team {
  /** The members of the team. */
  readonly agents: BaseAgent[];
  /** With the specialists, who work where a step names them. */
  readonly everyone: BaseAgent[];
  readonly bus: MessageBus;
  readonly #roles: RoleCatalogue;
  readonly #settings: Settings;
  /** Those of the caller's own. */
  readonly #own: readonly BaseAgent[];
  /** The built-in agents of runs that are followed up with other settings of their roles than today's. */
  readonly #guests = new Set<BaseAgent>();

  constructor(roles: RoleCatalogue, settings: Settings, own: BaseAgent[]) {
    this.#roles = roles;
    this.#settings = settings;
    this.#own = own;
    this.everyone = assembleTeam(roles, settings, own);
    const specialists = new Set(roles.roles.flatMap(({ id, specialist }) => (specialist ? [id] : [])));
    const isSpecialist = (agent: BaseAgent) => specialists.has(agent.role) && !own.includes(agent);
    this.agents = this.everyone.filter((agent) => !isSpecialist(agent));
    this.bus = new MessageBus(() => [...this.everyone, ...this.#guests], isSpecialist);
    if (settings.enable_message_bus) this.#connect(this.everyone);
  }

  /**
   * Does `work` with the team as it is by settings of another time: agents of the caller's own stay the same ones, on the same bus; built-in ones are made anew
   * where their settings differ.
   */
  async by<Result>(settings: Settings, work: (agents: BaseAgent[]) => Promise<Result>): Promise<Result> {
    if (isDeepStrictEqual(settings.agents, this.#settings.agents)) return work(this.everyone);
    const agents = assembleTeam(this.#roles, settings, [...this.#own]);
    const guests = agents.filter((agent) => !this.#own.includes(agent));
    if (settings.enable_message_bus) this.#connect(guests);
    for (const guest of guests) this.#guests.add(guest);
    try {
      return await work(agents);
    } finally {
      for (const guest of guests) this.#guests.delete(guest);
    }
  }

  #connect(agents: readonly BaseAgent[]): void {
    for (const agent of agents) agent.connect((message) => this.bus.send(message));
  }
}
