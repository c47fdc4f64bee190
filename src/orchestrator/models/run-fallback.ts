import type { ChosenModel } from '../../config/named-models.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { noPrice } from '../../llm/cost/no-price.ts';
import { isUnavailable } from '../../llm/fallback/is-unavailable.ts';
import { ModelHealth } from '../../llm/fallback/model-health.ts';
import { ModelError } from '../../llm/model-error.ts';
import type { ModelFallback, ModelUser, RoleModel, Writer } from '../run-context.ts';
import type { Clock } from '../../utils/clock.ts';
import { isConnectionHere } from './private-connection.ts';
import type { RunModels } from './run-models.ts';

export interface RunFallbackOptions {
  /** What stands in, in order. */
  spares: readonly Pick<ChosenModel, 'name'>[];
  models: Pick<RunModels, 'of' | 'add'>;
  modelOf: (user: ModelUser) => RoleModel;
  clock: Clock;
  budget: Settings['budget'];
}

/** What the models of one run can be asked for now, and what stands in for those that cannot. Shared by its tasks, so that each loss is found out once. */
export class RunFallback implements ModelFallback {
  readonly #options: RunFallbackOptions;
  readonly #health = new ModelHealth();
  /** Models that something stands in for. */
  readonly #away = new Set<string>();

  constructor(options: RunFallbackOptions) {
    this.#options = options;
  }

  async begin(user: ModelUser, own: RoleModel, signal: AbortSignal): Promise<Writer & { why?: string; returned?: true }> {
    if (this.#options.spares.length === 0) return { role: own, isTrial: false };
    const state = await this.#stateOf(own.name, user, signal);
    if (state !== 'down') {
      const returned = state === 'trial' && this.#away.delete(own.name);
      return { role: own, isTrial: state === 'trial', ...(returned && { returned }) };
    }
    const why = this.#health.why(own.name) ?? 'it is not available.';
    const { found } = await this.#spare(user, { tried: new Set([own.name]), signal });
    if (found === undefined) return { role: own, isTrial: true };
    this.#away.add(own.name);
    return { ...found, why };
  }

  async after(
    error: ModelError,
    { user, lost, tried, signal }: { user: ModelUser; lost: RoleModel; tried: Set<string>; signal: AbortSignal },
  ): Promise<{ found?: Writer | undefined; failed: { name: string; why: string }[] }> {
    const { spares, clock } = this.#options;
    const overflows = error.kind === 'overflow';
    if (spares.length === 0 || !(overflows || isUnavailable(error))) return { failed: [] };
    // What it cannot do for this call it may do for the next.
    const isLost = !overflows && error.code !== 'budget.used_up';
    if (isLost) this.#health.failed(lost.name, error, clock.now());
    const larger = overflows ? (lost.contextTokens ?? Infinity) : undefined;
    const next = await this.#spare(user, { tried, larger, signal });
    if (next.found !== undefined && isLost) this.#away.add(lost.name);
    return next;
  }

  succeeded({ name }: RoleModel): void {
    this.#health.succeeded(name);
  }

  /** The first spare that can be asked. @param larger Its context must have more tokens than this. */
  async #spare(user: ModelUser, { tried, larger, signal }: { tried: Set<string>; larger?: number | undefined; signal: AbortSignal }) {
    const failed: { name: string; why: string }[] = [];
    for (const { name } of this.#options.spares) {
      if (tried.has(name)) continue;
      const state = await this.#stateOf(name, user, signal);
      if (state === 'down') {
        const why = this.#health.why(name);
        if (why !== undefined) failed.push({ name, why });
        continue;
      }
      try {
        await this.#options.models.add(name);
      } catch (error) {
        signal.throwIfAborted();
        // Whatever is wrong with it, the next one may do.
        if (!(error instanceof ModelError)) throw error;
        tried.add(name);
        this.#health.failed(name, error, this.#options.clock.now());
        failed.push({ name, why: error.message });
        continue;
      }
      const role = this.#options.modelOf({ ...user, model: name });
      if (role.price.kind === 'unknown' && this.#options.budget !== 'none') {
        tried.add(name);
        failed.push({ name, why: noPrice(role.place, role.model.name).message });
        continue;
      }
      if (user.private === true && !(await isConnectionHere(this.#connectionOf(name, user)))) {
        failed.push({ name, why: 'It is not on this machine, and what is asked is private.' });
        continue;
      }
      if (larger !== undefined && (role.contextTokens ?? 0) <= larger) continue;
      return { found: { role, isTrial: state === 'trial' }, failed };
    }
    return { failed };
  }

  /** A model that was lost is looked at before it is tried, if its server can be asked. */
  async #stateOf(name: string, user: ModelUser, signal: AbortSignal): Promise<'up' | 'trial' | 'down'> {
    const state = this.#health.stateOf(name, this.#options.clock.now());
    if (state !== 'trial') return state;
    const isHealthy = this.#connectionOf(name, user)?.isHealthy;
    if (isHealthy === undefined) return 'trial';
    const healthy = await isHealthy(signal).catch(() => false);
    signal.throwIfAborted();
    return healthy ? 'trial' : 'down';
  }

  #connectionOf(name: string, user: ModelUser) {
    try {
      return this.#options.models.of({ ...user, model: name }).connection;
    } catch {
      // It was never connected.
      return undefined;
    }
  }
}
