import type { WorkflowDefinition } from '../workflows/workflow-schema.ts';
import type { ModelConnections } from './models/model-connections.ts';
import { modelUsersOf } from './models/model-user.ts';
import { foreseenWork } from './routing/foreseen-work.ts';
import { type RoutedRun, routeRun } from './routing/route-run.ts';
import { inputAhead } from './run/input-ahead.ts';
import type { Workflow } from './workflow.ts';
import type { Workplace } from './workplace.ts';

export interface NewRun {
  place: Workplace;
  connections: ModelConnections;
  workflow: Workflow;
  signal: AbortSignal;
}

/** The models that a new run chooses. @throws as `routeRun`. */
export function routesOf({ place, connections, workflow, signal }: NewRun): Promise<RoutedRun> {
  const work = () => foreseenWork(workflow.definition, place.nested);
  return routeRun({ ...place.routing, settings: place.settings, connections, input: workflow, signal, work, earlier: 'new' });
}

/** What there is to work with before a run begins: the models are those of some of its steps, and what it is to work on is read when it is called for. */
export async function beforeRun(run: NewRun, part: Pick<WorkflowDefinition, 'steps'>) {
  const { place, connections, workflow, signal } = run;
  const { settings, roles, clock, nested } = place;
  const { routes } = await routesOf(run);
  const models = await connections.for(modelUsersOf(part, nested), routes, { signal });
  const input = () => inputAhead({ environment: { ...place.reading, settings, models, signal }, workflow });
  return { settings, roles, models, nested, workflow, input, now: clock.now(), signal };
}
