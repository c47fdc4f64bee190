import { choosesModels } from '../../config/named-models.ts';
import { shortForm } from '../../config/named-model.ts';
import type { Settings } from '../../config/settings-schema.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import { estimateTokens } from '../../llm/budget/estimate-tokens.ts';
import { MeasuredSpeeds } from '../../llm/routing/measured-speeds.ts';
import { offeredName } from '../../llm/server/model-key.ts';
import { withoutCredentials } from '../../llm/server/require-local-address.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { namesModel } from '../models/model-user.ts';
import type { ModelConnections } from '../models/model-connections.ts';
import type { Route } from '../models/routes.ts';
import { findCandidates, type FoundCandidates } from './find-candidates.ts';
import type { ForeseenWork } from './foreseen-work.ts';
import { planRoutes } from './plan-routes.ts';
import { routingFigures } from './routing-figures.ts';

type Routed = EventData<'model.routed'>;

export interface RouteRunOptions {
  settings: Settings;
  connections: Pick<ModelConnections, 'look'>;
  /** What is known beforehand. */
  work: () => readonly ForeseenWork[];
  expectsOf: (taskType: string) => 'text' | 'files' | undefined;
  /** What every prompt begins with. */
  input: { requirement: string; files: readonly { content: string }[] };
  /** Absolute: where measurements are kept. Undefined: nowhere. */
  cacheFolder: string | undefined;
  /** `new`: the run chooses. Else what it, or the run that it builds on, has chosen: that stays as long as it can be asked. */
  earlier: 'new' | Routed | undefined;
  signal: AbortSignal;
}

/** What a run asks where nobody names a model. */
export interface RoutedRun {
  routes: Route[];
  /** What was chosen, to be recorded. Undefined: there was no choice. */
  routed: Routed | undefined;
}

/**
 * Chooses the models of a run if its settings leave that to it.
 * @throws the error of the only place that could not be reached; MultiagentError `model.no_candidates`; ModelError `private.refused`.
 */
export async function routeRun({
  settings,
  connections,
  earlier,
  work,
  expectsOf,
  input,
  cacheFolder,
  signal,
}: RouteRunOptions): Promise<RoutedRun> {
  // A run that began without a choice goes on without one.
  if (!choosesModels(settings) || earlier === undefined) return { routes: [], routed: undefined };
  const look = (place: string) => connections.look(place, signal);
  const gone = earlier === 'new' ? [] : await goneOf(earlier, look, signal);
  const uncovered =
    earlier !== 'new' &&
    !earlier.routes.some((route) => route.private) &&
    work().some(({ user }) => user.private && !namesModel(settings, user));
  if (earlier !== 'new' && gone.length === 0 && !uncovered) return { routes: routesOf(earlier, settings), routed: earlier };
  const found = await findCandidates({ settings, look, signal });
  const [only, ...others] = found.candidates;
  if (only === undefined) throw noCandidates(found.leftOut);
  if (earlier === 'new' && others.length === 0 && only.place === shortForm) return { routes: [], routed: undefined };
  const figures = await routingFigures(cacheFolder === undefined ? undefined : new MeasuredSpeeds(cacheFolder));
  const { routes, changes } = planRoutes({ settings, found, work: work(), figures, expectsOf, baseTokens: tokensOf(input) });
  const planned = routes.map(({ taskType, private: own, candidate, tasks, because }): Routed['routes'][number] => ({
    ...(taskType === undefined ? {} : { taskType }),
    private: own,
    name: candidate.name,
    place: candidate.place,
    model: candidate.model,
    tasks,
    because,
  }));
  const routed: Routed = {
    routes:
      earlier === 'new'
        ? planned
        : // What has become private since then.
          [...keptRoutes(earlier, planned, gone), ...(uncovered ? planned.filter((route) => route.private) : [])],
    ...(changes === undefined ? {} : { changes }),
    gone,
    leftOut: found.leftOut.map(({ name, error }) => ({ name, why: error.message })),
  };
  return { routes: routesOf(routed, settings), routed };
}

/** As requests are made by what was recorded. */
function routesOf({ routes }: Routed, { models, providers }: Settings): Route[] {
  const profileOf = (name: string) =>
    (Object.hasOwn(models, name) ? models[name] : Object.hasOwn(providers, name) ? providers[name] : undefined)?.profile;
  return routes.map(({ taskType, private: own, name, place, model }) => {
    const profile = profileOf(name);
    return { taskType, private: own, chosen: { name, place, model, ...(profile === undefined ? {} : { profile }) } };
  });
}

/** Which of the models that were chosen cannot be asked any more, and why. */
async function goneOf(
  { routes }: Routed,
  look: (place: string) => ReturnType<ModelConnections['look']>,
  signal: AbortSignal,
): Promise<Routed['gone']> {
  const models = new Map(routes.map((route) => [route.name, route]));
  const gone = await Promise.all(
    [...models.values()].map(async ({ name, place, model }): Promise<Routed['gone']> => {
      try {
        const { server } = await look(place);
        if (offeredName(server.models, model) !== undefined) return [];
        return [{ name, why: `the server at ${withoutCredentials(server.address)} does not offer it.` }];
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof MultiagentError)) throw error;
        return [{ name, why: error.message }];
      }
    }),
  );
  return gone.flat();
}

/** What is still there stays; for the rest counts what is chosen now. */
function keptRoutes({ routes }: Routed, planned: Routed['routes'], gone: Routed['gone']): Routed['routes'] {
  const isGone = (route: Routed['routes'][number]) => gone.some(({ name }) => name === route.name);
  const rest = (own: boolean) => planned.find((route) => route.private === own && route.taskType === undefined);
  return routes.flatMap((route) => {
    if (!isGone(route)) return [route];
    const now = planned.find(({ taskType, private: own }) => taskType === route.taskType && own === route.private) ?? rest(route.private);
    // Nothing is left to do that must stay here.
    return now === undefined ? [] : [{ ...now, taskType: route.taskType, private: route.private, tasks: route.tasks }];
  });
}

function tokensOf({ requirement, files }: RouteRunOptions['input']): number {
  return files.reduce((sum, { content }) => sum + estimateTokens(content), estimateTokens(requirement));
}

function noCandidates(leftOut: FoundCandidates['leftOut']): MultiagentError {
  const [first, ...others] = leftOut;
  if (first !== undefined && others.length === 0) return first.error;
  return new MultiagentError({
    category: 'model',
    code: 'model.no_candidates',
    message: `llm_model is auto, and none of the models in your settings can be asked. ${leftOut.map(({ name, error }) => `${name}: ${error.message}`).join(' ')}`,
    hint: first?.error.hint,
  });
}
