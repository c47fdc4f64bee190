import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScriptedReply } from '../../support/fake-llama-server/plan-reply.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { knowingProject, writeProject } from '../../support/store-with-project.ts';
import { eventsOfType, startedReplies, teamOnFake } from '../../support/team-on-fake.ts';

const block = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n`;
const project = { 'src/tax.py': 'RATE = 19\n', 'src/total.py': 'from tax import RATE\n' };
const mended = block('src/tax.py', 'RATE = 20\n');
const unreadable = 'The model produced output that does not match the expected peg-native format';

const calls = (...all: [name: string, given: unknown][]): ScriptedReply => ({
  text: '',
  calls: all.map(([name, given], at) => ({ id: `c${at}`, name, arguments: typeof given === 'string' ? given : JSON.stringify(given) })),
});
const search = calls(['search_files', { text: 'RATE' }]);

interface Scene {
  /** What the step answers, each time that it is asked. */
  answers: readonly (string | ScriptedReply)[];
  step?: Record<string, unknown>;
  server?: FakeLlamaServerOptions;
  profile?: Record<string, unknown>;
}

type Message = { role: string; content: string; tool_calls?: unknown; tool_call_id?: string };

/** A step whose model is known to call natively, in a project of which it was shown nothing, and one after it. */
async function stepWithNativeCalls({ answers, step, server, profile = { calls: 'native' } }: Scene) {
  const asked: { messages: Message[]; tools: string[] | undefined }[] = [];
  const team = await teamOnFake({
    settings: { max_concurrent_agents: 1, file_check: 'report', model_profiles: [{ match: 'fake-model', ...profile }] },
    orchestrator: { store: knowingProject(new MemoryEventStore(), project) },
    server: {
      contextTokens: 32_768,
      reply: ({ body }) => {
        const tools = body['tools'] as { function: { name: string } }[] | undefined;
        asked.push({ messages: body['messages'] as Message[], tools: tools?.map((tool) => tool.function.name) });
        const isNext = JSON.stringify(body['messages']).includes('Tell what was done.');
        return isNext ? '# Done\n\nThe rate was raised, as it was asked for.\n' : (answers[asked.length - 1] ?? mended);
      },
      ...server,
    },
  });
  writeProject(team.workspace, project);
  team.engine.registerWorkflow({
    name: 'house',
    steps: [
      {
        id: 'raise',
        role: 'developer',
        task_type: 'raising',
        description: 'Raise the rate.',
        expects: 'files',
        tools: ['read_file', 'search_files'],
        ...step,
      },
      {
        id: 'tell',
        role: 'technical_writer',
        task_type: 'telling',
        description: 'Tell what was done.',
        expects: 'text',
        depends_on: ['raise'],
      },
    ],
  });
  const result = await team.engine.executeWorkflow('house', 'Raise the rate to 20.');
  const made = eventsOfType(team.events, 'activity.completed').flatMap(({ data }) => (data.kind === 'tool' ? [data] : []));
  const switched = eventsOfType(team.events, 'task.calls_in_text').map(({ data }) => data);
  return { ...team, result, asked, made, switched };
}

describe('a step whose model calls natively', () => {
  it('is offered its tools and no others, gets what they say as results, and reads nothing twice', async () => {
    const { result, asked, made, switched, workspace, server } = await stepWithNativeCalls({
      answers: [search, calls(['read_file', { path: 'src/tax.py' }]), mended],
    });
    expect(result.status).toBe('completed');
    const [first, second, third, after] = asked;
    expect(first!.tools).toEqual(['read_file', 'search_files']);
    expect(first!.messages.at(-1)!.content).not.toContain('search_files');
    expect(second!.messages.slice(0, -2)).toEqual(first!.messages);
    expect(second!.messages.at(-2)).toMatchObject({
      role: 'assistant',
      tool_calls: [{ id: 'c0', function: { name: 'search_files', arguments: '{"text":"RATE"}' } }],
    });
    expect(second!.messages.at(-1)).toMatchObject({
      role: 'tool',
      tool_call_id: 'c0',
      content: expect.stringContaining('src/tax.py') as string,
    });
    expect(third!.messages.slice(0, -2)).toEqual(second!.messages);
    expect(third!.messages.at(-1)!.content).toContain('RATE = 19');
    expect(third!.tools).toEqual(first!.tools);
    for (const { readTokens, newTokens } of server.requests.slice(0, 3)) expect(readTokens).toBe(newTokens);
    // The next step is offered nothing: it sees as text what was called.
    expect(after!.tools).toBeUndefined();
    expect(after!.messages.map(({ content }) => content).join('\n')).toContain('search_files(text="RATE")');
    expect(JSON.stringify(after!.messages)).not.toContain('tool_call');
    expect(made).toMatchObject([{ tool: 'search_files', arguments: { text: 'RATE' }, failed: false }]);
    expect(switched).toEqual([]);
    expect(readFileSync(join(workspace, 'output/generated/latest/src/tax.py'), 'utf8')).toBe('RATE = 20\n');
  });

  it.each<[string, Record<string, unknown>]>([
    ['nobody says that it can', {}],
    ['a person says that it does not', { calls: 'text' }],
  ])('is told of them in words where %s', async (_, profile) => {
    const { asked, result } = await stepWithNativeCalls({ answers: ['search_files("RATE")', mended], profile });
    expect(result.status).toBe('completed');
    expect(asked[0]!.tools).toBeUndefined();
    expect(asked[0]!.messages.at(-1)!.content).toContain('search_files("some words")  Finds');
  });

  it('is offered none where it is asked in one sentence', async () => {
    const { asked } = await stepWithNativeCalls({ answers: [mended], profile: { calls: 'native', instructions: 'plain' } });
    expect(asked[0]!.tools).toBeUndefined();
  });

  it('may write its calls in its text all the same', async () => {
    const { result, asked, made } = await stepWithNativeCalls({ answers: ['search_files("RATE")', mended] });
    expect(result.status).toBe('completed');
    expect(made).toMatchObject([{ tool: 'search_files', failed: false }]);
    expect(asked[1]!.messages.at(-1)!.content).toContain('# What your calls say');
  });

  it('keeps the files that it gives beside calls', async () => {
    const { result, workspace } = await stepWithNativeCalls({
      answers: [{ ...search, text: block('new.py', 'RATE = 7\n') }, 'It is done: RATE stands in new.py, too.'],
    });
    expect(result.status).toBe('completed');
    expect(readFileSync(join(workspace, 'output/generated/latest/new.py'), 'utf8')).toBe('RATE = 7\n');
  });

  it.each<[string, unknown, string]>([
    ['arguments that are no JSON', '{"text":', 'The arguments are no JSON.'],
    ['a tool that there is not', undefined, "There is no tool named 'fly'."],
    ['arguments that are wrong', { words: 'RATE' }, "search_files has no argument 'words'."],
    ['endless arguments', `{"text":"${'x'.repeat(100_001)}"}`, 'The arguments are longer than 100000 characters.'],
  ])('is told once of %s, and goes on natively', async (_, given, words) => {
    const wrong = given === undefined ? calls(['fly', {}]) : calls(['search_files', given]);
    const { asked, result, switched } = await stepWithNativeCalls({
      answers: [{ ...wrong }, search, mended],
      server: { contextTokens: 131_072 },
    });
    expect(asked[1]!.messages.at(-1)!.content).toContain(words);
    expect(asked[1]!.tools).toEqual(asked[0]!.tools);
    expect(switched).toEqual([]);
    expect(result.status).toBe('completed');
  });

  it('calls in its text after a second mistake, which people are told', async () => {
    const { asked, result, switched, made } = await stepWithNativeCalls({
      answers: [calls(['search_files', '{"text":']), calls(['fly', {}]), 'search_files("RATE")', mended],
    });
    expect(switched).toEqual([{ task: 'raise', why: 'its native calls were twice such as cannot be read' }]);
    expect(asked[2]!.tools).toBeUndefined();
    expect(JSON.stringify(asked[2]!.messages)).not.toContain('tool_call');
    const told = asked[2]!.messages.map(({ content }) => content);
    expect(told.find((text) => text.includes('Raise the rate.'))).toContain('search_files("some words")  Finds');
    expect(told.at(-1)).toContain("There is no tool named 'fly'.");
    expect(made).toMatchObject([{ failed: true }, { failed: true }, { tool: 'search_files', arguments: { text: 'RATE' }, failed: false }]);
    expect(result.status).toBe('completed');
  });

  it('is told once that its server could not read a call, then calls in its text', async () => {
    const fault = (when: number) => ({ when, fault: { kind: 'error_event', afterChunks: 1, message: unreadable } as const });
    const { asked, result, switched, events } = await stepWithNativeCalls({
      answers: ['I look for it.', 'I look again.', 'search_files("RATE")', mended],
      server: { faults: [fault(0), fault(1)] },
    });
    expect(asked[1]!.messages.at(-1)!.content).toContain('Your call of a tool could not be read');
    expect(asked[1]!.tools).toEqual(asked[0]!.tools);
    expect(asked[2]!.messages.at(-1)!.content).toContain('From now on call them in your text');
    expect(asked[2]!.tools).toBeUndefined();
    expect(switched).toHaveLength(1);
    expect(eventsOfType(events, 'activity.failed')).toEqual([]);
    expect(result.status).toBe('completed');
  });

  it('fails where nothing but such calls come, and says how they end', async () => {
    const { events, result } = await stepWithNativeCalls({
      answers: ['I look.', 'I look again.', 'And again.'],
      step: { max_iterations: 1 },
      server: { faults: [0, 1, 2].map((when) => ({ when, fault: { kind: 'error_event', afterChunks: 1, message: unreadable } as const })) },
    });
    expect(result.tasks['raise']?.status).toBe('failed');
    expect(eventsOfType(events, 'task.failed')[0]?.data.error).toMatchObject({
      code: 'reply.call_unreadable',
      hint: expect.stringContaining('calls: text') as string,
    });
  });

  it('calls in its text at once where its server takes no tools', async () => {
    const { asked, result, switched } = await stepWithNativeCalls({
      answers: ['search_files("RATE")', mended],
      server: { tools: 'refused' },
    });
    expect(result.status).toBe('completed');
    expect(switched).toMatchObject([{ task: 'raise', why: expect.stringContaining('--jinja') as string }]);
    expect(asked.map(({ tools }) => tools)).toEqual([['read_file', 'search_files'], undefined, undefined, undefined]);
  });

  it('is told that it goes in circles, then that it has to end, and what it has written stays', async () => {
    const { result, asked, made, workspace } = await stepWithNativeCalls({
      answers: [{ ...search, text: block('new.py', 'RATE = 7\n') }, ...Array.from({ length: 9 }, () => search)],
    });
    expect(made.some(({ repeated }) => repeated === true)).toBe(true);
    const ends = asked.findIndex(({ messages }) => messages.at(-1)!.content.includes('No more tools can be called in this step.'));
    expect(ends).toBeGreaterThan(1);
    // Its call is answered, too.
    expect(asked[ends]!.messages.at(-2)).toMatchObject({ role: 'tool', content: 'It was not called.' });
    expect(result.tasks['raise']?.status).toBe('failed');
    expect(readFileSync(join(workspace, 'output/generated/latest/new.py'), 'utf8')).toBe('RATE = 7\n');
  });

  it('ends after as many calls as it may make', async () => {
    const { asked, result } = await stepWithNativeCalls({
      answers: [
        calls(['search_files', { text: 'a' }]),
        calls(['search_files', { text: 'b' }]),
        calls(['search_files', { text: 'c' }]),
        mended,
      ],
      step: { max_iterations: 2 },
    });
    expect(asked[3]!.messages.at(-1)!.content).toContain('No more tools can be called in this step.');
    expect(result.status).toBe('completed');
  });

  it('has at most fifty calls of one reply made', async () => {
    const { asked, made } = await stepWithNativeCalls({
      answers: [calls(...Array.from({ length: 53 }, (_, at): [string, unknown] => ['search_files', { text: `RATE${at}` }])), mended],
    });
    expect(made).toHaveLength(50);
    expect(asked[1]!.messages.slice(-3).map(({ content }) => content)).toEqual(
      Array.from({ length: 3 }, () => 'It was left out: call fewer at once.'),
    );
  });

  it('records that it was offered its tools, and what it called', async () => {
    const { events } = await stepWithNativeCalls({ answers: [search, block('new.py', 'RATE = 7\n')] });
    expect(startedReplies(events).map(({ data }) => [data.calling, data.results?.map(({ id }) => id)])).toEqual([
      ['native', undefined],
      ['native', ['c0']],
      [undefined, undefined],
    ]);
    expect(eventsOfType(events, 'reply.called').map(({ data }) => data)).toMatchObject([
      { id: 'c0', name: 'search_files', arguments: '{"text":"RATE"}' },
    ]);
  });
});
