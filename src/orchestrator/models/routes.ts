import type { ChosenModel } from '../../config/named-models.ts';
import type { ModelUser } from '../run-context.ts';

/** The model that a run has chosen for those who name none. */
export interface Route {
  /** The type of task that it is for. Absent: for all types that have no route of their own. */
  taskType?: string | undefined;
  /** For tasks that only models on this machine may do. */
  private: boolean;
  chosen: ChosenModel;
}

/** The route of a user; undefined: it has none. */
export function routeFor<One extends Route>(routes: readonly One[], { taskType, private: own = false }: ModelUser): One | undefined {
  const possible = routes.filter((route) => route.private === own);
  return possible.find((route) => route.taskType === taskType) ?? possible.find((route) => route.taskType === undefined);
}

/** What was chosen for a user; undefined: nothing was. */
export function routeOf(routes: readonly Route[], user: ModelUser): ChosenModel | undefined {
  return routeFor(routes, user)?.chosen;
}
