import type { OwnPermissions } from '../../../config/own-permissions.ts';
import { othersIn } from '../../../orchestrator/calling/tools-of-step.ts';
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

/** Whether a tool is none of the program's own. */
export function isOfOthers(tool: string): boolean {
  return othersIn([tool]).length > 0;
}

/** What is allowed without asking in one session: it grows by what the person says. */
export class ChatRights {
  readonly #options: ChatRightsOptions;
  readonly #risks: Record<ToolRisk, PolicyAnswer>;
  readonly #ofOthers: Readonly<Record<ToolRisk, PolicyAnswer>>;
  /** Tools of others that are allowed in this session, whatever their arguments. */
  readonly #tools = new Set<string>();

  constructor(options: ChatRightsOptions) {
    this.#options = options;
    const answer = (risk: AllowedRisk): PolicyAnswer => (options.allowed.has(risk) ? 'allow' : 'ask');
    this.#risks = { read: 'allow', write: answer('write'), execute: answer('execute'), network: answer('network') };
    this.#ofOthers = { ...this.#risks };
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

  /** The same for tools of others. They work on no copy, so that each is allowed by itself. @throws as `permissions`. */
  get ofOthers(): Permissions {
    const { own, project } = this.#options;
    const inSession = [...this.#tools].map((tool) => ({ tool, calls: 'all' as const }));
    return { risks: this.#ofOthers, allowed: [...own.for(project), ...inSession] };
  }

  /** In this session: calls of the same risk, of a tool of others all its calls. */
  allow({ tool, risk }: Pick<PreparedCall, 'tool' | 'risk'>): void {
    if (isOfOthers(tool)) this.#tools.add(tool);
    else this.#risks[risk] = 'allow';
  }

  allowWriting(): void {
    this.#risks.write = 'allow';
  }

  /** The same call, and no other; of a tool of others all its calls. @returns what was allowed. @throws what `OwnPermissions` throws. */
  allowForGood({ tool, firstArgument }: PreparedCall): string {
    const { own, project } = this.#options;
    if (isOfOthers(tool)) {
      own.allow(project, { tool, calls: 'all' });
      return `${tool}, whatever its arguments`;
    }
    if (firstArgument === undefined) return tool;
    own.allow(project, { tool, pattern: firstArgument });
    return `${tool} ${firstArgument}`;
  }
}
