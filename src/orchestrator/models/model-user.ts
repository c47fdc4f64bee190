import { type ChosenModel, chooseModel } from '../../config/named-models.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { isAgentStep, type WorkflowDefinition, type WorkflowStep } from '../../workflows/workflow-schema.ts';
import type { ModelUser } from '../run-context.ts';
import { type Route, routeOf } from './routes.ts';
import type { StepNeeds } from '../step-kind.ts';

/** What the kinds of steps declare in advance. */
export interface KnownKinds {
  needsOf: (step: WorkflowStep) => StepNeeds;
  withRole: (step: WorkflowStep) => WorkflowStep;
  isPrivateRole: (role: string) => boolean;
  nestedOf: (step: WorkflowStep) => string | undefined;
  withInner: (step: WorkflowStep) => WorkflowStep[];
}

/**
 * The model of a task: what its step names, else its type, else its role, else what the run has chosen, else the default.
 * @param routes What it has chosen. @throws MultiagentError `model.unknown`.
 */
export function modelFor(settings: Settings, user: ModelUser, routes: readonly Route[] = []): ChosenModel {
  return (namesModel(settings, user) ? undefined : routeOf(routes, user)) ?? namedModelFor(settings, user);
}

/** Whether the settings or a step name the model of a user. */
export function namesModel({ task_models: byTaskType, agents }: Settings, { role, taskType, model }: ModelUser): boolean {
  if (model !== undefined || Object.hasOwn(byTaskType, taskType)) return true;
  return Object.hasOwn(agents, role) && agents[role]?.model !== undefined;
}

function namedModelFor(settings: Settings, { role, taskType, model }: ModelUser): ChosenModel {
  if (model !== undefined) return chooseModel(settings, model, 'A step of the workflow');
  const { task_models: byTaskType, agents } = settings;
  if (Object.hasOwn(byTaskType, taskType)) return chooseModel(settings, byTaskType[taskType], `task_models.${taskType}`);
  const ofRole = Object.hasOwn(agents, role) ? agents[role]?.model : undefined;
  return chooseModel(settings, ofRole, `agents.${role}.model`);
}

/**
 * These, and who asks a model where something fails, which nobody knows beforehand: what the settings name for it is connected with the rest.
 * @throws MultiagentError `model.unknown`.
 */
export function withRepairUsers(settings: Settings, users: readonly ModelUser[]): readonly ModelUser[] {
  const { verify, repair_model: model, task_models: byTaskType } = settings;
  if (verify === 'off' || users.length === 0) return users;
  if (model !== undefined) chooseModel(settings, model, 'repair_model');
  const byModel: ModelUser[] = model === undefined ? [] : [{ role: '', taskType: 'repair', model }];
  return [...users, ...byModel, ...(Object.hasOwn(byTaskType, 'repair') ? [{ role: '', taskType: 'repair' }] : [])];
}

/** Who asks a model in steps like these. */
function userOf(step: WorkflowStep, kinds: Pick<KnownKinds, 'needsOf' | 'withRole'>): ModelUser[] {
  const needs = kinds.needsOf(step);
  if (!needs.model) return [];
  const own = kinds.withRole(step).private === true ? { private: true } : {};
  if (isAgentStep(step)) return [{ role: step.role, taskType: step.task_type, model: step.model, ...own }];
  return [{ role: needs.role, taskType: step.kind, model: typeof step['model'] === 'string' ? step['model'] : undefined, ...own }];
}

/** No workflow that a person writes is nested this deep. */
const deepest = 8;

/** Everyone who will ask a model in a run of this workflow, including the workflows that its steps name. */
export function modelUsersOf(
  { steps }: Pick<WorkflowDefinition, 'steps'>,
  { kinds, workflowNamed }: { kinds: KnownKinds; workflowNamed: (name: string) => WorkflowDefinition },
  depth = 0,
): ModelUser[] {
  // What belongs to a private step is private, too.
  const all = steps.flatMap((step) => kinds.withInner(step).map((inner) => (step.private === true ? { ...inner, private: true } : inner)));
  return all.flatMap((step) => {
    const nested = depth < deepest ? kinds.nestedOf(step) : undefined;
    if (nested === undefined) return userOf(step, kinds);
    try {
      const users = modelUsersOf(workflowNamed(nested), { kinds, workflowNamed }, depth + 1);
      return step.private === true ? users.map((user) => ({ ...user, private: true })) : users;
    } catch {
      // A missing workflow is reported when its step begins.
      return [];
    }
  });
}
