import { describe, expect, it } from 'vitest';
import { exitCode, exitCodeOf, exitCodeOfStatus } from '../../src/cli/exit-code.ts';
import { ModelError } from '../../src/llm/model-error.ts';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';

describe('the exit code', () => {
  it.each([
    'usage',
    'settings.invalid',
    'workflow.invalid',
    'requirement.empty',
    'project_file.unreadable',
    'agent.unknown',
    'step.unknown_kind',
    'output.unwritable',
    'archive.invalid',
    'recording.missing',
    'embedded.model_missing',
    'embedded.not_gguf',
    'lease.held',
    'model.not_here',
    'model.not_gguf',
    'download.bad_address',
    'download.no_such_file',
    'run.not_found',
    'run.ambiguous',
    'run.unknown_task',
    'run.complete',
    'run.nothing_failed',
    'run.not_finished',
    'run.live',
    'run.no_reply',
    'run.no_reasoning',
  ])('is 2 for %s: nothing was begun, and what was asked for has to be asked otherwise', (code) => {
    expect(exitCodeOf(new MultiagentError({ code, message: 'x' }))).toBe(exitCode.usage);
  });

  it.each(['run.live_and_well', 'run.taken_over', 'files.too_many', 'journal.inconsistent', 'embedded_other', 'lease.lost'])(
    'is 1 for %s: something failed',
    (code) => {
      expect(exitCodeOf(new MultiagentError({ code, message: 'x' }))).toBe(exitCode.failed);
    },
  );

  it.each(['server.not_found', 'embedded.failed'])('is 3 for %s: there is no model to work with', (code) => {
    expect(exitCodeOf(new MultiagentError({ code, message: 'x' }))).toBe(exitCode.noServer);
  });

  it('is 3 for whatever a model call failed with, 130 for what a person stopped, and 1 for a defect', () => {
    expect(exitCodeOf(new ModelError({ code: 'model.overflow', kind: 'overflow', message: 'x' }))).toBe(exitCode.noServer);
    expect(exitCodeOf(new MultiagentError({ code: 'run.interrupted', message: 'x' }))).toBe(exitCode.interrupted);
    expect(exitCodeOf(new TypeError('x'))).toBe(exitCode.failed);
  });

  it.each([
    ['completed', exitCode.completed],
    ['failed', exitCode.failed],
    ['running', exitCode.failed],
    ['interrupted', exitCode.interrupted],
    ['cancelled', exitCode.interrupted],
  ] as const)('of a run that is %s is %i', (status, code) => {
    expect(exitCodeOfStatus(status)).toBe(code);
  });
});
