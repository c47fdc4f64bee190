import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeSettings } from '../../../src/config/complete-settings.ts';
import type { SettingsInput } from '../../../src/config/settings-schema.ts';
import type { ModelHost } from '../../../src/llm/routing/model-changes.ts';
import { routeOf } from '../../../src/orchestrator/models/routes.ts';
import type { Candidate } from '../../../src/orchestrator/routing/find-candidates.ts';
import type { ForeseenWork } from '../../../src/orchestrator/routing/foreseen-work.ts';
import { planRoutes } from '../../../src/orchestrator/routing/plan-routes.ts';
import type { RoutingFigures } from '../../../src/orchestrator/routing/routing-figures.ts';

const candidate = (name: string, rest: Partial<Candidate> = {}): Candidate => {
  const place = rest.place ?? 'default';
  return {
    name,
    place,
    model: name,
    where: 'here',
    address: 'http://127.0.0.1:1/v1',
    size: undefined,
    price: { read: 0, write: 0 },
    chosen: { name, place, model: name },
    ...rest,
  };
};
const [big, small] = [candidate('big'), candidate('small')];
const far = candidate('far', { place: 'far', where: 'elsewhere', price: { read: 1, write: 5 } });

interface Known {
  /** By model: share for programs, for documents. */
  shares: Record<string, [programs: number, documents: number]>;
  speeds?: Record<string, { read: number; write: number }>;
  loads?: Record<string, number>;
}

const figuresOf = ({ shares, speeds = {}, loads = {} }: Known): RoutingFigures => ({
  qualityOf: ({ name }, families) => ({ share: shares[name]![families.includes('documents') ? 1 : 0], from: 'measured' }),
  speedOf: ({ name }) => speeds[name] ?? { read: 200, write: 20 },
  loadSecondsOf: ({ model }) => loads[model],
});

/** A chain of tasks, or tasks that need none other. */
const workOf = (types: readonly string[], order: 'chain' | 'free' = 'chain', rest: Partial<ForeseenWork['user']> = {}): ForeseenWork[] =>
  types.map((taskType, index) => ({
    task: `t${index}`,
    dependencies: order === 'chain' && index > 0 ? [`t${index - 1}`] : [],
    priority: 1,
    number: index + 1,
    user: { role: 'developer', taskType, ...rest },
  }));

interface Scene {
  candidates?: Candidate[];
  work?: ForeseenWork[];
  settings?: SettingsInput;
  host?: ModelHost;
}

const plan = (
  known: Known,
  { candidates = [big, small], work = workOf(['implementation']), settings = {}, host = { atOnce: 1, loaded: [] } }: Scene = {},
) =>
  planRoutes({
    settings: completeSettings({ llm_model: 'auto', ...settings }),
    found: { candidates, hosts: new Map([['default', host]]), leftOut: [] },
    work,
    figures: figuresOf(known),
    expectsOf: (taskType) => (/implementation|testing/.test(taskType) ? 'files' : 'text'),
    baseTokens: 1000,
  });

const shown = ({ routes }: ReturnType<typeof plan>) =>
  routes.map(({ taskType = 'rest', private: own, chosen, tasks }) => `${own ? 'private ' : ''}${taskType}: ${chosen.name} (${tasks})`);

/** big writes programs, small documents. */
const split: Known = { shares: { big: [0.6, 0.5], small: [0.1, 0.9], far: [0.9, 0.9] }, loads: { big: 20, small: 5 } };

describe('the models of a run', () => {
  it('are one where each is best at everything', () => {
    const { routes, changes } = plan(
      { shares: { big: [0.6, 0.9], small: [0.1, 0.5] } },
      { work: workOf(['requirements_analysis', 'implementation']) },
    );
    expect(routes.map(({ taskType, chosen, tasks }) => [taskType, chosen.name, tasks])).toEqual([[undefined, 'big', 2]]);
    expect(changes).toBeUndefined();
  });

  it('are two where each is better at its tasks by more than the changes cost, which are told', () => {
    const planned = plan(split, { work: workOf(['implementation', 'documentation']), settings: { routing: 'quality' } });
    expect(shown(planned)).toEqual(['rest: big (1)', 'documentation: small (1)']);
    // small reads the 1000 of the beginning, and what big has read and written.
    expect(planned.changes).toEqual({ count: 1, loadSeconds: 5, unmeasured: 0, tokensReadAgain: 1800 });
  });

  it('stay one where loading takes longer than it gains', () => {
    const slow: Known = { ...split, loads: { big: 400, small: 400 } };
    expect(shown(plan(slow, { work: workOf(['implementation', 'documentation']), settings: { routing: 'balance' } }))).toEqual([
      'rest: big (2)',
    ]);
  });

  it('stay one where nobody knows how long loading takes and the gain is small', () => {
    const close: Known = { shares: { big: [0.6, 0.5], small: [0.1, 0.55] } };
    expect(shown(plan(close, { work: workOf(['implementation', 'documentation']) }))).toEqual(['rest: big (2)']);
  });

  it('are changed freely where the server holds both, and nothing is told of loading', () => {
    const host = { atOnce: 2, loaded: ['big', 'small'] };
    const planned = plan(split, { work: workOf(['implementation', 'documentation', 'implementation']), host });
    expect(shown(planned)).toEqual(['rest: big (2)', 'documentation: small (1)']);
    expect(planned.changes).toBeUndefined();
  });

  it('counts a load that was never measured, and says that it was not', () => {
    const planned = plan(
      { ...split, loads: { big: 20 } },
      { work: workOf(['implementation', 'documentation', 'implementation']), settings: { routing: 'quality' } },
    );
    expect(planned.changes).toMatchObject({ count: 2, loadSeconds: 20, unmeasured: 1 });
  });

  it('begins with the model that is loaded where another is hardly better', () => {
    const close: Known = { shares: { big: [0.52, 0.5], small: [0.5, 0.5] }, loads: { big: 100 } };
    expect(shown(plan(close, { host: { atOnce: 1, loaded: ['small'] } }))).toEqual(['rest: small (1)']);
    expect(shown(plan(close, { host: { atOnce: 1, loaded: ['big'] } }))).toEqual(['rest: big (1)']);
  });

  it('leave alone who names a model, and count what that makes the server load', () => {
    const settings: SettingsInput = { models: { small: { model: 'small' } }, task_models: { documentation: 'small' } };
    const planned = plan(split, { work: workOf(['implementation', 'documentation', 'implementation']), settings });
    expect(shown(planned)).toEqual(['rest: big (2)']);
    expect(planned.changes).toMatchObject({ count: 2, loadSeconds: 25 });
  });

  it('are those on this machine for tasks that must stay here', () => {
    const work = [...workOf(['implementation']), { ...workOf(['documentation'], 'chain', { private: true })[0]!, task: 'p', number: 2 }];
    const planned = plan(
      { ...split, shares: { ...split.shares, far: [0.99, 0.99] } },
      { candidates: [far, big], work, settings: { routing: 'quality' } },
    );
    expect(shown(planned)).toEqual(['rest: far (1)', 'private rest: big (1)']);
    expect(routeOf(planned.routes, { role: '', taskType: 'documentation', private: true })?.name).toBe('big');
    expect(routeOf(planned.routes, { role: '', taskType: 'documentation' })?.name).toBe('far');
  });

  it('are those on this machine in a private run, and refused where there are none', () => {
    expect(shown(plan(split, { candidates: [far, small], settings: { private: true } }))).toEqual(['rest: small (1)']);
    const refused = expect.objectContaining({ code: 'private.refused' }) as Error;
    expect(() => plan(split, { candidates: [far], settings: { private: true } })).toThrow(refused);
    expect(() => plan(split, { candidates: [far], work: workOf(['implementation'], 'chain', { private: true }) })).toThrow(refused);
  });

  it('are found for all tasks of a long workflow, also for what first comes late in it', () => {
    const many = workOf(Array.from({ length: 100 }, () => 'implementation'));
    const late = { ...workOf(['documentation'], 'chain', { private: true })[0]!, task: 'late', dependencies: ['t99'], number: 101 };
    const planned = plan(
      { ...split, shares: { ...split.shares, far: [0.99, 0.99] } },
      { candidates: [far, big], work: [...many, late], settings: { routing: 'quality' } },
    );
    expect(shown(planned)).toEqual(['rest: far (100)', 'private rest: big (1)']);
  });

  it('give tasks that nobody knew of the model of the rest', () => {
    const { routes } = plan(split, { work: [] });
    expect(routeOf(routes, { role: 'developer', taskType: 'something_later' })).toBeDefined();
  });

  it('are the same each time, and a worse candidate changes nothing', () => {
    const types = fc.array(fc.constantFrom('implementation', 'testing', 'documentation', 'requirements_analysis'), {
      minLength: 1,
      maxLength: 8,
    });
    const share = fc.double({ min: 0.1, max: 1, noNaN: true });
    const shares = fc.record({ big: fc.tuple(share, share), small: fc.tuple(share, share) });
    fc.assert(
      fc.property(types, shares, fc.constantFrom('chain', 'free'), (types, shares, order) => {
        const work = workOf(types, order);
        const known: Known = { shares: { ...shares, poor: [0, 0] }, loads: { big: 20, small: 5 } };
        const planned = plan(known, { work });
        expect(plan(known, { work })).toEqual(planned);
        expect(shown(plan(known, { work, candidates: [big, candidate('poor'), small] }))).toEqual(shown(planned));
      }),
      { numRuns: 40 },
    );
  });
});
