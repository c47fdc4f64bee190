import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AgentOrchestrator } from '../../../src/orchestrator/agent-orchestrator.ts';
import type { ProgramTool } from '../../../src/tools/program-tool.ts';
import { MultiagentError } from '../../../src/utils/multiagent-error.ts';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { eventsOfType, teamOnFake } from '../../support/team-on-fake.ts';

const parameters = z.object({ part: z.string().max(20, 'it must be short'), least: z.number().optional() });
type StockTool = ProgramTool<typeof parameters>;

/** A tool as a program may have it: an object of a class, so that nothing may take its method out of it. */
class StockOf implements StockTool {
  readonly name: string = 'stock_of';
  readonly description = 'Tells how many pieces of a part are in stock.';
  readonly example = 'stock_of("screw")';
  readonly parameters = parameters;
  readonly risk: StockTool['risk'] = 'read';
  readonly asked: string[] = [];
  readonly #say: (part: string) => string;

  constructor(say: (part: string) => string = () => '1200 pieces') {
    this.#say = say;
  }

  execute({ part }: z.output<typeof parameters>): Promise<string> {
    this.asked.push(part);
    return Promise.resolve().then(() => this.#say(part));
  }
}

async function stepThatAsks(tool: ProgramTool, calls = 'stock_of("screw")\n') {
  const asked: string[] = [];
  const team = await teamOnFake({
    settings: { max_concurrent_agents: 1, verify: 'off' },
    orchestrator: { tools: [tool] },
    server: {
      contextTokens: 32_768,
      reply: ({ body }: RequestRecord) => {
        asked.push((body['messages'] as { content: string }[]).at(-1)?.content ?? '');
        return asked.length === 1 ? calls : '# Told\n\nThe stock was looked up, and nothing else is known of it.\n';
      },
    },
  });
  team.engine.registerWorkflow({
    name: 'house',
    steps: [{ id: 'count', role: 'developer', task_type: 'counting', description: 'Count.', expects: 'text', tools: [tool.name] }],
  });
  return { ...team, asked, execute: () => team.engine.executeWorkflow('house', 'How many screws are there?') };
}

describe('a tool that a program brings along', () => {
  it('is called by the steps that name it, and it is recorded that the program did it, whose sending nobody else knows', async () => {
    const tool = new StockOf();
    const team = await stepThatAsks(tool, 'stock_of("screw", 2)\n');
    const result = await team.execute();
    expect(result.status).toBe('completed');
    expect(team.asked[0]).toContain('stock_of("screw")  Tells how many pieces of a part are in stock.');
    expect(team.asked[1]).toContain('stock_of("screw", 2):\n```\n1200 pieces\n```');
    expect(tool.asked).toEqual(['screw']);
    expect(eventsOfType(team.events, 'activity.completed').flatMap(({ data }) => (data.kind === 'tool' ? [data] : []))).toMatchObject([
      { tool: 'stock_of', arguments: { part: 'screw', least: 2 }, executor: 'program', failed: false },
    ]);
    expect(result.egress).toMatchObject({ left: 'unknown', program_calls: 1, server_calls: 0 });
    expect(result.egress.sentences).toContain("What the program's own tools sent is not known: 1 call.");
  });

  it('is not called with arguments that its parameters refuse, and the model is told', async () => {
    const tool = new StockOf();
    const team = await stepThatAsks(tool, `stock_of("${'x'.repeat(21)}")\n`);
    expect((await team.execute()).status).toBe('completed');
    expect(tool.asked).toEqual([]);
    expect(team.asked[1]).toContain('it must be short');
  });

  it.each<[string, () => string, string, string?]>([
    ['what is not text for a terminal', () => 'No \u001B[2Jscrews.', 'No screws.', '\u001B'],
    ['too much, which is cut', () => `first\n${'and so on\n'.repeat(100_000)}last`, 'last', 'and so on\n'.repeat(3000)],
    ['nothing', () => '', 'It said nothing.'],
    [
      'an error for the model',
      () => {
        throw new MultiagentError({ category: 'usage', code: 'stock.closed', message: 'The stock is closed.', hint: 'Ask tomorrow.' });
      },
      'The stock is closed.\nAsk tomorrow.',
    ],
  ])('says %s', async (_, say, told, never = '\u0000') => {
    const team = await stepThatAsks(new StockOf(say));
    expect((await team.execute()).status).toBe('completed');
    expect(team.asked[1]).toContain(told);
    expect(team.asked[1]).not.toContain(never);
  });

  it('fails its step where it breaks, with what it says of itself', async () => {
    const broken = () => {
      throw new TypeError('stock is undefined');
    };
    const result = await (await stepThatAsks(new StockOf(broken))).execute();
    expect([result.status, result.tasks['count']?.error]).toEqual(['failed', expect.stringContaining('stock is undefined')]);
  });

  it.each(['write', 'execute', 'network'] as const)('keeps a run from beginning where it does more than read: %s', async (risk) => {
    const tool = Object.assign(new StockOf(), { risk });
    const team = await stepThatAsks(tool);
    await expect(team.execute()).rejects.toMatchObject({
      code: 'tool.not_allowed',
      message: `Steps may not call stock_of: the program that brings it says that it does more than read (${risk}).`,
      hint: expect.stringContaining("risk: 'read'"),
    });
    expect([team.asked, team.events, tool.asked]).toEqual([[], [], []]);
  });

  it.each([
    ['of one of ours', { name: 'read_file' }, 'There are two tools named read_file.'],
    ['of one of ours that steps cannot name', { name: 'git_operation' }, 'There are two tools named git_operation.'],
    ['nearly of one of ours', { name: 'read_files' }, 'Steps could not name a tool read_files'],
    ['of one word', { name: 'stock' }, 'Steps could not name a tool stock'],
    ['of a tool of agents', { name: 'security_scan' }, 'The name security_scan is that of a tool of agents.'],
    [
      'that is fine, with a list for a parameter',
      { parameters: z.object({ parts: z.array(z.string()) }) },
      'The parameter parts of the tool',
    ],
  ])('is refused with the name %s', (_, differs, message) => {
    const tool: ProgramTool = Object.assign(new StockOf(), differs);
    expect(() => new AgentOrchestrator({ tools: [tool] })).toThrow(
      expect.objectContaining({ code: 'tool.unfit', message: expect.stringContaining(message) }),
    );
  });

  it('is refused twice under one name', () => {
    expect(() => new AgentOrchestrator({ tools: [new StockOf(), new StockOf()] })).toThrow('There are two tools named stock_of.');
  });
});
