import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { defaultPermissions } from '../../src/tools/policy/permissions.ts';
import { runTool, type RunToolOptions } from '../../src/tools/run-tool.ts';
import type { Tool, ToolContext } from '../../src/tools/tool.ts';
import { ToolRegistry } from '../../src/tools/tool-registry.ts';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';
import { everything, toolContext } from './tool-context.ts';

const parameters = z.object({ text: z.string(), times: z.number().optional() });

function echo(changed: Partial<Tool<typeof parameters>> = {}): Tool<typeof parameters> {
  return {
    name: 'echo_text',
    description: 'Says it again.',
    example: 'echo_text("hello")',
    parameters,
    risk: () => 'write',
    execute: ({ text }) => Promise.resolve({ output: text, isError: false, metadata: {} }),
    ...changed,
  };
}

function call(tool: Tool, { context = toolContext('/'), ...changed }: Partial<RunToolOptions> & { name?: string; json?: string } = {}) {
  const { name = tool.name, json = '{"text": "hello"}', ...options } = changed;
  return runTool(
    { name, given: { kind: 'json', text: json } },
    {
      registry: new ToolRegistry([tool]),
      permissions: everything,
      ask: () => Promise.reject(new Error('Nobody is asked.')),
      context,
      ...options,
    },
  );
}

describe('one call of a tool', () => {
  it('gives its result', async () => {
    expect(await call(echo())).toEqual({ output: 'hello', isError: false, metadata: {} });
  });

  it('of an unknown tool names those that there are, safely', async () => {
    expect(await call(echo(), { name: 'echo_tex' })).toEqual({
      output: "There is no tool named 'echo_tex'. Did you mean echo_text? The tools are: echo_text.",
      isError: true,
      metadata: { problem: 'unknown_tool' },
    });
    const { output } = await call(echo(), { name: `\u001B[2J${'x'.repeat(1_000_000)}` });
    expect(output).toMatch(/^There is no tool named '\\u\{1b\}\[2Jx+…'\. The tools are: echo_text\.$/);
  });

  it('with wrong arguments tells what is expected', async () => {
    expect(await call(echo(), { json: '{}' })).toEqual({
      output: `'text' is missing. The call looks like this: echo_text("text", times?)`,
      isError: true,
      metadata: { problem: 'bad_arguments' },
    });
  });

  it('that needs consent is asked for, with what it would do, and made or not', async () => {
    const asked: unknown[] = [];
    const ask = (answer: 'allow' | 'refuse') => (one: { tool: string; risk: string; arguments: unknown }) => {
      asked.push([one.tool, one.risk, one.arguments]);
      return Promise.resolve(answer);
    };
    expect(await call(echo(), { permissions: defaultPermissions, ask: ask('allow') })).toMatchObject({ output: 'hello' });
    const execute = vi.fn<Tool['execute']>();
    expect(await call(echo({ execute }), { permissions: defaultPermissions, ask: ask('refuse') })).toEqual({
      output: 'echo_text was not run. The person did not allow it: go on without it, or say what you need it for.',
      isError: true,
      metadata: { problem: 'refused' },
    });
    expect(execute).not.toHaveBeenCalled();
    expect(asked).toEqual([
      ['echo_text', 'write', { text: 'hello' }],
      ['echo_text', 'write', { text: 'hello' }],
    ]);
  });

  it('that is forbidden is not asked for', async () => {
    const permissions = { ...everything, risks: { ...everything.risks, write: 'refuse' as const } };
    expect(await call(echo(), { permissions })).toMatchObject({ isError: true, output: expect.stringContaining('It is not allowed here') });
  });

  it('that fails tells the model why and what to do; a defect is thrown', async () => {
    const failing = (error: Error) =>
      echo({
        async execute() {
          throw error;
        },
      });
    expect(await call(failing(new MultiagentError({ code: 'git.busy', message: 'It is busy.', hint: 'Wait.' })))).toEqual({
      output: 'It is busy.\nWait.',
      isError: true,
      metadata: { problem: 'failed', code: 'git.busy' },
    });
    await expect(call(failing(new TypeError('a defect')))).rejects.toThrow('a defect');
  });

  it('that was stopped throws why, before, while it asks and while it works', async () => {
    const stopped = (context: ToolContext, changed: Partial<RunToolOptions> = {}, tool = echo()) =>
      expect(call(tool, { context, ...changed })).rejects.toThrow('stopped');
    await stopped(toolContext('/', { signal: AbortSignal.abort(new Error('stopped')) }));
    const whileAsking = new AbortController();
    const ask = () => {
      whileAsking.abort(new Error('stopped'));
      return Promise.resolve('allow' as const);
    };
    await stopped(toolContext('/', { signal: whileAsking.signal }), { permissions: defaultPermissions, ask });
    for (const ends of ['with a result', 'with an error']) {
      const working = new AbortController();
      const execute: Tool<typeof parameters>['execute'] = () => {
        working.abort(new Error('stopped'));
        return ends === 'with an error'
          ? Promise.reject(new TypeError('cut off'))
          : Promise.resolve({ output: '', isError: false, metadata: {} });
      };
      await stopped(toolContext('/', { signal: working.signal }), {}, echo({ execute }));
    }
  });

  describe('of a tool that never ends', () => {
    const hanging = () => echo({ execute: () => new Promise<never>(() => undefined) });

    it('is given up when its time is over', async () => {
      vi.useFakeTimers();
      onTestFinished(() => void vi.useRealTimers());
      const running = call(hanging(), { context: toolContext('/', { callMilliseconds: 30_000 }) });
      await vi.advanceTimersByTimeAsync(40_000);
      expect(await running).toEqual({
        output: 'echo_text did not end within 30 seconds and was stopped.',
        isError: true,
        metadata: { problem: 'timed_out' },
      });
    });

    it('is given up when it is stopped', async () => {
      vi.useFakeTimers();
      onTestFinished(() => void vi.useRealTimers());
      const stop = new AbortController();
      const running = call(hanging(), { context: toolContext('/', { signal: stop.signal }) });
      const thrown = running.catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(1);
      stop.abort(new Error('stopped'));
      await vi.advanceTimersByTimeAsync(5000);
      expect(await thrown).toEqual(new Error('stopped'));
    });
  });

  it('of a tool that ends when it is told to is told to in time', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const execute: Tool['execute'] = (_, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
    const running = call(echo({ execute }), { context: toolContext('/', { callMilliseconds: 30_000 }) });
    await vi.advanceTimersByTimeAsync(35_000);
    expect(await running).toMatchObject({ isError: true, metadata: { problem: 'timed_out' } });
  });
});
