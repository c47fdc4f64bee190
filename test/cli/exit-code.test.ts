import { describe, expect, it } from 'vitest';
import { exitCode, exitCodeOf, exitCodeOfRun, worstExitCode } from '../../src/cli/exit-code.ts';
import { completeSettings } from '../../src/config/complete-settings.ts';
import { requireLocalAddress } from '../../src/llm/server/require-local-address.ts';
import { findAgent } from '../../src/orchestrator/find-agent.ts';
import { StepKindRegistry } from '../../src/orchestrator/step-kinds/step-kind-registry.ts';
import { ModelError } from '../../src/llm/model-error.ts';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';

describe('the exit code', () => {
  it.each([
    ['usage', exitCode.usage],
    ['model', exitCode.noServer],
    ['stopped', exitCode.interrupted],
    ['failed', exitCode.failed],
    [undefined, exitCode.failed],
  ] as const)('of an error of the category %s is %i', (category, code) => {
    expect(exitCodeOf(new MultiagentError({ category, code: 'some.code', message: 'x' }))).toBe(code);
  });

  it('is 3 for whatever a model call failed with, and 1 for a defect', () => {
    expect(exitCodeOf(new ModelError({ code: 'model.overflow', kind: 'overflow', message: 'x' }))).toBe(exitCode.noServer);
    expect(exitCodeOf(new TypeError('x'))).toBe(exitCode.failed);
  });

  it.each([
    [() => new StepKindRegistry().get('nothing'), exitCode.usage],
    [() => findAgent([], 'role', 'nobody'), exitCode.usage],
    [() => requireLocalAddress('http://example.com/v1', 'refused'), exitCode.noServer],
    [() => completeSettings({ llm_timeout: -1 }), exitCode.usage],
  ])('is that of its category for what is really thrown: %s', (work, code) => {
    let error: unknown;
    try {
      work();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(MultiagentError);
    expect(exitCodeOf(error)).toBe(code);
  });

  it.each([
    ['completed', exitCode.completed],
    ['failed', exitCode.failed],
    ['running', exitCode.failed],
    ['interrupted', exitCode.interrupted],
    ['cancelled', exitCode.interrupted],
  ] as const)('of a run that is %s is %i', (status, code) => {
    expect(exitCodeOfRun(status, { outcome: 'unchecked', keptBack: [] })).toBe(code);
  });

  it('is 1 for a run that is completed and whose files fail their checks', () => {
    expect(exitCodeOfRun('completed', { outcome: 'failed', keptBack: [] })).toBe(exitCode.failed);
    expect(exitCodeOfRun('completed', { outcome: 'passed', keptBack: [] })).toBe(exitCode.completed);
    expect(exitCodeOfRun('interrupted', { outcome: 'failed', keptBack: [] })).toBe(exitCode.interrupted);
  });
});

it.each([
  [[], 0],
  [[0, 0], 0],
  [[0, 4, 0], 4],
  [[4, 1], 1],
  [[1, 3, 2], 2],
  [[1, 130, 0], 130],
] as const)('of several runs with the exit codes %j it is %i', (codes, worst) => {
  expect(worstExitCode(codes)).toBe(worst);
});
