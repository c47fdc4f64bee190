import type { Settings } from '../../config/settings-schema.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import { chooseModel, type ModelChoice } from '../../llm/routing/choose-model.ts';
import { candidateKey } from '../../llm/routing/model-candidate.ts';
import { type AskedModel, type ModelChanges, modelChanges } from '../../llm/routing/model-changes.ts';
import { assumedSpeed } from '../../llm/routing/model-figures.ts';
import { rateModel, type RoutedPart, type RoutedTask, type RoutingPreferences } from '../../llm/routing/rate-model.ts';
import { preferencesOf } from '../../llm/routing/routing-preferences.ts';
import { familiesOf } from '../../llm/routing/task-families.ts';
import { ModelError } from '../../llm/model-error.ts';
import { modelFor, namesModel } from '../models/model-user.ts';
import { type Route, routeFor, routeOf } from '../models/routes.ts';
import type { ModelUser } from '../run-context.ts';
import { orderByChanges } from '../scheduling/order-by-changes.ts';
import type { Candidate, FoundCandidates } from './find-candidates.ts';
import type { ForeseenWork } from './foreseen-work.ts';
import type { RoutingFigures } from './routing-figures.ts';
import { whyChosen } from './routing-sentences.ts';

export interface PlanRoutesOptions {
  settings: Settings;
  found: FoundCandidates;
  /** All tasks that are known beforehand, also of those who name their model. */
  work: readonly ForeseenWork[];
  figures: RoutingFigures;
  /** What a type of task gives. */
  expectsOf: (taskType: string) => 'text' | 'files' | undefined;
  /** Tokens that every prompt begins with. */
  baseTokens: number;
}

/** A route, and what is recorded of it. */
export interface PlannedRoute extends Route {
  chosen: Candidate['chosen'];
  candidate: Candidate;
  tasks: number;
  because: string;
}

export interface PlannedRoutes {
  routes: PlannedRoute[];
  changes: EventData<'model.routed'>['changes'];
}

/** Assumed sizes of a step, in tokens, before anything is known. Wrong ones make a change of models seem dearer or cheaper than it is, and nothing worse. */
const usual = { message: 200, reply: 600 };

/** Assumed of a load that was never measured. It is long, so that models are not changed on a guess. */
const assumedLoadSeconds = 60;

/** What is worth it is found out with the first tasks of a long workflow: they stand for the rest. */
const mostWeighed = 60;

/** Changes of models are counted for so many tasks: no workflow that a person writes has more. */
const mostCounted = 1000;

/**
 * Chooses the models of a run: one for everything, and another for a type of task only where that promises more than the changes of models cost.
 * @throws ModelError `private.refused` where a task must stay on this machine and no model is there.
 */
export function planRoutes(options: PlanRoutesOptions): PlannedRoutes {
  const plan = new RoutePlan(options);
  const routes = [false, true].flatMap((own) => plan.routesFor(own));
  const tasks = Map.groupBy(options.work, ({ user }) => (namesModel(options.settings, user) ? undefined : routeFor(routes, user)));
  return { routes: routes.map((route) => ({ ...route, tasks: tasks.get(route)?.length ?? 0 })), changes: plan.changesWith(routes) };
}

type ChosenRoute = Omit<PlannedRoute, 'tasks'>;

class RoutePlan {
  readonly #options: PlanRoutesOptions;
  readonly #weighed: readonly ForeseenWork[];
  readonly #preferences: RoutingPreferences;
  /** Chosen so far. */
  #routes: ChosenRoute[] = [];

  constructor(options: PlanRoutesOptions) {
    this.#options = options;
    this.#weighed = options.work.slice(0, mostWeighed);
    this.#preferences = preferencesOf[options.settings.routing];
  }

  /** The routes of all tasks that name no model, of those that are private or of the others. */
  routesFor(own: boolean): ChosenRoute[] {
    const { work } = this.#options;
    const isRouted = ({ user }: ForeseenWork) => this.#isRouted(user) && (user.private ?? false) === own;
    const early = this.#weighed.filter(isRouted);
    const routed = early.length > 0 ? early : work.filter(isRouted).slice(0, mostWeighed);
    if (routed.length === 0 && own) return [];
    // Of a run in which nobody is known to ask, somebody may ask later.
    const users = routed.length === 0 ? [{ role: '', taskType: '' }] : routed.map(({ user }) => user);
    const isHere = own || this.#options.settings.private || (routed.length === 0 && work.some(({ user }) => this.#isRouted(user)));
    const where = isHere ? 'here' : 'anywhere';
    const main = this.#choose({
      parts: users.map((user) => this.#partOf(user)),
      where,
      secondsBefore: (candidate) => this.#secondsWith({ private: own, chosen: candidate.chosen }),
    });
    if (main === undefined) throw noneHere();
    const routes = [routeTo(main, { own, steps: routed.length })];
    this.#routes = [...this.#routes, ...routes];
    const byType = Map.groupBy(routed, ({ user }) => user.taskType);
    if (byType.size === 1) return routes;
    for (const [taskType, group] of byType) {
      const route = this.#routeOfType({
        own,
        taskType,
        parts: group.map(({ user }) => this.#partOf(user)),
        where,
        main: main.chosen.candidate,
      });
      if (route !== undefined) routes.push(route);
    }
    this.#routes = [...this.#routes, ...routes.slice(1)];
    return routes;
  }

  changesWith(routes: readonly Route[]): PlannedRoutes['changes'] {
    const { loads, readAgain } = this.#changes(routes, this.#options.work.slice(0, mostCounted));
    const changes = loads.filter(({ why }) => why === 'change');
    if (changes.length === 0) return undefined;
    const seconds = changes.map((load) => this.#loadSeconds(load));
    return {
      count: changes.length,
      loadSeconds: seconds.reduce<number>((sum, each) => sum + (each ?? 0), 0),
      unmeasured: seconds.filter((each) => each === undefined).length,
      tokensReadAgain: [...readAgain.values()].reduce((sum, { tokens }) => sum + tokens, 0),
    };
  }

  /** Another model for one type of tasks, if it is worth what it costs to change to it and back. */
  #routeOfType({
    own,
    taskType,
    parts,
    where,
    main,
  }: {
    own: boolean;
    taskType: string;
    parts: RoutedPart[];
    where: RoutedTask['where'];
    main: Candidate;
  }): ChosenRoute | undefined {
    const alone: RoutedTask<Candidate> = { parts, where, secondsBefore: () => 0 };
    const least = this.#rate(alone, main).points;
    // What is no better without the change is not worth one.
    const better = this.#options.found.candidates.filter((each) => each === main || this.#rate(alone, each).points > least);
    if (better.length === 1) return undefined;
    const before = this.#secondsOf(this.#changes(this.#routes));
    const choice = this.#choose(
      {
        ...alone,
        secondsBefore: (each) => (each === main ? 0 : this.#secondsWith({ private: own, taskType, chosen: each.chosen }) - before),
      },
      better,
    );
    if (choice === undefined || choice.chosen.candidate === main) return undefined;
    return routeTo(choice, { own, taskType, steps: parts.length });
  }

  /** The seconds of loading and reading again that the run takes with one more route. */
  #secondsWith(route: Route): number {
    return this.#secondsOf(this.#changes([...this.#routes, route]));
  }

  #choose(task: RoutedTask<Candidate>, among: readonly Candidate[] = this.#options.found.candidates): ModelChoice<Candidate> | undefined {
    return chooseModel(task, among, this.#options.figures, this.#preferences);
  }

  #rate(task: RoutedTask<Candidate>, candidate: Candidate) {
    return rateModel(task, candidate, this.#options.figures, this.#preferences);
  }

  #partOf({ taskType }: ModelUser): RoutedPart {
    const families = familiesOf(taskType, this.#options.expectsOf(taskType) ?? 'text');
    return { families, readTokens: usual.message + usual.reply, writeTokens: usual.reply };
  }

  #isRouted(user: ModelUser): boolean {
    return !namesModel(this.#options.settings, user);
  }

  #changes(routes: readonly Route[], work: readonly ForeseenWork[] = this.#weighed): ModelChanges {
    const { hosts } = this.#options.found;
    const tasks = work.map((one) => ({ ...one, place: undefined, asks: this.#askedBy(one.user, routes) }));
    const order = orderByChanges(tasks, hosts);
    const addedTokens = usual.message + usual.reply;
    return modelChanges(
      order.map(({ asks }) => ({ asks, addedTokens })),
      hosts,
      this.#options.baseTokens,
    );
  }

  /** Undefined: it is not chosen yet. */
  #askedBy(user: ModelUser, routes: readonly Route[]): AskedModel | undefined {
    if (this.#isRouted(user) && routeOf(routes, user) === undefined) return undefined;
    const { place, model } = modelFor(this.#options.settings, user, routes);
    return { place, model: model ?? this.#options.found.candidates.find((candidate) => candidate.place === place)?.model ?? '' };
  }

  #secondsOf({ loads, readAgain }: ModelChanges): number {
    const loading = loads.reduce((sum, load) => sum + (this.#loadSeconds(load) ?? assumedLoadSeconds), 0);
    const reading = [...readAgain.values()].reduce((sum, again) => sum + again.tokens / this.#readingOf(again), 0);
    return loading + reading;
  }

  #readingOf(asked: AskedModel): number {
    const candidate = this.#candidate(asked);
    return (candidate && this.#options.figures.speedOf(candidate)?.read) ?? assumedSpeed.read;
  }

  #loadSeconds(asked: AskedModel): number | undefined {
    const candidate = this.#candidate(asked);
    return candidate && this.#options.figures.loadSecondsOf(candidate);
  }

  #candidate(asked: AskedModel): Candidate | undefined {
    return this.#options.found.candidates.find((candidate) => candidateKey(candidate) === candidateKey(asked));
  }
}

/** @param steps How many of them were weighed. */
function routeTo(
  choice: ModelChoice<Candidate>,
  { own, taskType, steps }: { own: boolean; taskType?: string; steps: number },
): ChosenRoute {
  const { candidate } = choice.chosen;
  return { taskType, private: own, chosen: candidate.chosen, candidate, because: whyChosen(choice, Math.max(1, steps)) };
}

function noneHere(): ModelError {
  return new ModelError({
    kind: 'refused',
    code: 'private.refused',
    message: 'The run has tasks that only models on this machine may do, and none of the models that can be asked is on this machine.',
    hint: 'Start one ("multiagent model start"), or name one that runs here.',
  });
}
