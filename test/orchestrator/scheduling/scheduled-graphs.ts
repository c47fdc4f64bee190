import * as fc from 'fast-check';

export interface Planned {
  task: string;
  dependencies: string[];
  priority: number;
  number: number;
}

/** Graphs in which a task depends only on earlier ones, so that they have no circle. */
export const graphs = fc
  .array(fc.record({ picks: fc.array(fc.nat(), { maxLength: 4 }), priority: fc.integer({ min: 0, max: 3 }) }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((rows) =>
    rows.map(({ picks, priority }, index): Planned => ({
      task: `t${index}`,
      dependencies: index === 0 ? [] : [...new Set(picks.map((pick) => `t${pick % index}`))],
      priority,
      number: index + 1,
    })),
  );

export function added(task: Planned) {
  return {
    type: 'task.added' as const,
    data: { ...task, kind: 'agent', role: 'developer', taskType: 'x', description: '', expects: 'text' as const },
  };
}
export const started = (task: string) => ({ type: 'task.started' as const, data: { task, attempt: 1, agent: 'a' } });
export const completed = (task: string) => ({ type: 'task.completed' as const, data: { task } });
export const failed = (task: string) => ({ type: 'task.failed' as const, data: { task, error: { code: 'x', message: 'x' } } });
export const cancelled = (task: string) => ({ type: 'task.cancelled' as const, data: { task } });
export const waiting = (task: string, until?: number) => ({ type: 'task.waiting' as const, data: { task, reason: 'retry', until } });
export const woken = (task: string) => ({ type: 'task.woken' as const, data: { task, by: 'signal' as const } });
export const reopened = (task: string) => ({ type: 'task.reopened' as const, data: { task, reason: 'retry' as const } });
export const skipped = (task: string, because: string, reason: 'dependency_failed' | 'condition' = 'dependency_failed') => ({
  type: 'task.skipped' as const,
  data: { task, because, reason },
});
