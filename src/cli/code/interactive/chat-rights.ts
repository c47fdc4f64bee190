import type { OwnPermissions } from '../../../config/own-permissions.ts';
import type { Permissions, PolicyAnswer } from '../../../tools/policy/permissions.ts';
import type { PreparedCall } from '../../../tools/prepare-call.ts';
import type { ToolRisk } from '../../../tools/tool.ts';
import type { AllowedRisk } from '../code-options.ts';

export interface ChatRightsOptions {
  /** What `--yes-to` allows. */
  allowed: ReadonlySet<AllowedRisk>;
  /** What the person has allowed for good. */
  own: OwnPermissions;
  /** Absolute: the project's folder. */
  project: string;
}

/** What is allowed without asking in one session: it grows by what the person says. */
export class ChatRights {
  readonly #options: ChatRightsOptions;
  readonly #risks: Record<ToolRisk, PolicyAnswer>;

  constructor(options: ChatRightsOptions) {
    this.#options = options;
    const answer = (risk: AllowedRisk): PolicyAnswer => (options.allowed.has(risk) ? 'allow' : 'ask');
    this.#risks = { read: 'allow', write: answer('write'), execute: answer('execute'), network: 'ask' };
  }

  /** Whether what is written may go into the project at once. */
  get mayWrite(): boolean {
    return this.#risks.write === 'allow';
  }

  /** As they are now. Nothing that a model calls writes into the project: files do so at the end of a turn. @throws what `OwnPermissions` throws. */
  get permissions(): Permissions {
    const { own, project } = this.#options;
    return { risks: { ...this.#risks, write: 'refuse' }, allowed: own.for(project) };
  }

  allow(risk: ToolRisk): void {
    this.#risks[risk] = 'allow';
  }

  allowWriting(): void {
    this.#risks.write = 'allow';
  }

  /** The same call, and no other. @returns what was allowed. @throws what `OwnPermissions` throws. */
  allowForGood({ tool, firstArgument }: PreparedCall): string {
    const { own, project } = this.#options;
    if (firstArgument === undefined) return tool;
    own.allow(project, { tool, pattern: firstArgument });
    return `${tool} ${firstArgument}`;
  }
}
