import { describe, expect, it } from 'vitest';
import { teamWithSteps } from '../step-kinds/team-with-steps.ts';
import { bodyOf, fileBlock, lastMessage, longRun, modules, signatureOf } from './long-run.ts';

const change = 'Have part_9.py count twice.';
const changed = 'def count_9(values):\n    return 2 * len(values)\n';
const answer = () => fileBlock('part_9.py', changed);
const contract = { change, answer, contextTokens: 16_384, settings: { prompt_layout: 'contract' } } as const;
const transcript = { ...contract, settings: { prompt_layout: 'transcript' } } as const;

type Messages = { role: string; content: string }[];
const messagesOf = (request: { body: Record<string, unknown> } | undefined) => (request?.body['messages'] ?? []) as Messages;

const numbers = modules.map((_, number) => number);
const whole = (text: string) => numbers.filter((number) => text.includes(`\`\`\`part_${number}.py\n${modules[number]!.content}`));
const outlined = (text: string) =>
  numbers.filter((number) => text.includes(`\`\`\`part_${number}.py (what it defines, without bodies)\n${signatureOf(number)}`));

describe('where the files of a run do not fit any more', () => {
  it('a step sees of all what they define, and whole the file that it changes and what that imports', async () => {
    const { run, server, asked, reads } = await longRun(contract);
    const result = await run();
    expect([result.status, result.error]).toEqual(['completed', null]);
    const message = lastMessage(asked(change)[0]);
    expect(whole(message)).toEqual([8, 9]);
    expect(outlined(message)).toEqual(numbers);
    expect(numbers.filter((number) => message.includes(bodyOf(number)))).toEqual([8, 9]);
    expect(message).toContain('reply with nothing but a line `READ: path/of/the/file`');
    expect(
      reads()
        .find(({ activity }) => activity === 'change/1')
        ?.files.filter(({ shown }) => shown === 'whole'),
    ).toMatchObject([{ path: 'part_8.py' }, { path: 'part_9.py' }]);
    for (const { promptTokens, body } of server.requests) expect(promptTokens + Number(body['max_tokens'])).toBeLessThanOrEqual(16_384);
  });

  it('two steps that change different files begin with the same bytes up to where the bodies stand', async () => {
    const { run, asked } = await longRun({
      ...contract,
      answer: () => fileBlock('part_9.py', modules[9]!.content.replace('total = 9', 'total = 10')),
    });
    await run();
    const [one, other] = [lastMessage(asked(change)[0]), lastMessage(asked('Change part_0.py.')[0])];
    expect(whole(one)).not.toEqual(whole(other));
    const bodies = one.indexOf('# Files written so far');
    expect(bodies).toBeGreaterThan(2000);
    expect(other.slice(0, bodies)).toBe(one.slice(0, bodies));
  });

  it('nothing changes below that: all stand whole, in the order of their writing, and nothing is recorded', async () => {
    const { run, asked, reads } = await longRun({ ...contract, contextTokens: 65_536 });
    await run();
    const message = lastMessage(asked(change)[0]);
    expect(
      message.startsWith(
        `# Requirement\n\nBuild it.\n\n# Files written so far\n\n${modules.map(({ path, content }) => `\`\`\`${path}\n${content}\`\`\`\n\n`).join('')}# Step `,
      ),
    ).toBe(true);
    expect(reads()).toEqual([]);
  });

  it('a file that is asked for is shown behind all that was said', async () => {
    const { run, asked, reads } = await longRun({ ...contract, answer: (time) => (time === 1 ? 'READ: part_3.py' : answer()) });
    const result = await run();
    expect(result.status).toBe('completed');
    const [before, after] = [asked(change)[0], asked('# What you asked for')[0]].map((request) => messagesOf(request));
    expect(after!.slice(0, before!.length)).toEqual(before);
    expect(after!.at(-1)?.content).toContain(`\`\`\`part_3.py\n${modules[3]!.content}`);
    expect(reads().filter(({ activity }) => activity.startsWith('change/'))).toHaveLength(2);
  });

  it('a file of which it has seen only what it defines is not written anew before it has seen all of it', async () => {
    const blind = 'def count_4(values):\n    return 0\n';
    const seen = modules[4]!.content.replace('total = 4', 'total = 5');
    const { run, asked, orchestrator } = await longRun({
      ...contract,
      answer: (time) => answer() + fileBlock('part_4.py', time === 1 ? blind : seen),
    });
    const result = await run();
    expect(result.status).toBe('completed');
    const [told] = asked('# What stands there already');
    expect(lastMessage(told)).toContain('`part_4.py` is a file that earlier steps have written, and you had not been shown all of it.');
    expect(lastMessage(told)).toContain(`\`\`\`part_4.py\n${modules[4]!.content}`);
    const state = await orchestrator.loadRun(result.workflow_id);
    const versions = await Promise.all(
      state.artifacts
        .filter(({ path }) => path === 'part_4.py')
        .map(async ({ sha256 }) => Buffer.from((await orchestrator.store.getContent(sha256))!).toString('utf8')),
    );
    expect(versions).toEqual([modules[4]!.content, seen]);
  });
});

it('a small model that is asked for one file sees that file, what it imports, and of the others as many as fit', async () => {
  const paths = modules.slice(0, 8).map(({ path }) => path);
  const write = (id: string, depends_on: string[]) => ({
    id,
    role: 'developer',
    task_type: 'implementation',
    description: 'Write it.',
    expects: 'files' as const,
    depends_on,
  });
  const askedFor = (message: string) => /file (part_\d\.py) in a code block/.exec(message)?.[1];
  const times = new Map<string, number>();
  const team = await teamWithSteps([write('first', []), write('second', ['first'])], {
    server: {
      model: 'some-coder-1.5b-instruct',
      contextTokens: 6000,
      reply: (request) => {
        const path = askedFor(lastMessage(request)) ?? '';
        times.set(path, (times.get(path) ?? 0) + 1);
        const content = modules[paths.indexOf(path)]?.content ?? '';
        return fileBlock(path, times.get(path) === 1 ? content : content.replace('    return total', '    return total + 1'));
      },
    },
  });
  const { server } = team;
  const result = await team.engine.executeWorkflow('house', `Write the files ${paths.join(', ')}.`);
  expect([result.status, result.error]).toEqual(['completed', null]);
  const again = server.requests.map(lastMessage).filter((message) => message.includes('# What the files written so far define'));
  const asked = again.filter((message) => askedFor(message) === 'part_4.py').at(-1) ?? '';
  expect(asked).toContain(`\`\`\`part_4.py\n${modules[4]!.content}`);
  expect(asked).toContain('```part_3.py\n');
  expect(asked).toContain(bodyOf(3));
  expect(numbers.filter((number) => asked.includes(bodyOf(number))).length).toBeLessThan(8);
  expect(asked).not.toContain('READ');
  for (const { promptTokens, body } of server.requests) expect(promptTokens + Number(body['max_tokens'])).toBeLessThanOrEqual(6000);
});

describe('where replies had to be shortened', () => {
  it('what their files define stands in their place, the file that a step changes stands whole in its message, and another one is shown if it asks', async () => {
    const { run, asked, reads, server } = await longRun({ ...transcript, answer: (time) => (time === 1 ? 'READ: part_3.py' : answer()) });
    const result = await run();
    expect([result.status, result.error]).toEqual(['completed', null]);
    expect(result.cuts.length).toBeGreaterThan(0);
    const [first] = asked(change);
    const earlier = messagesOf(first)
      .slice(0, -1)
      .map(({ content }) => content)
      .join('\n');
    const told = lastMessage(first);
    expect(outlined(earlier).length).toBeGreaterThan(4);
    expect(whole(told)).toEqual([9]);
    expect(told).toContain('READ: path/of/the/file');
    expect(lastMessage(asked('# What you asked for')[0])).toContain(modules[3]!.content);
    expect(
      reads()
        .filter(({ activity }) => activity.startsWith('change/'))
        .map(({ files }) => files.filter(({ shown }) => shown === 'whole').map(({ path }) => path)),
    ).toEqual([['part_9.py'], ['part_3.py']]);
    for (const { promptTokens, body } of server.requests) expect(promptTokens + Number(body['max_tokens'])).toBeLessThanOrEqual(16_384);
  });

  it('nothing is told of files, and none is held back, as long as nothing was shortened', async () => {
    const { run, reads, asked } = await longRun({
      ...transcript,
      contextTokens: 65_536,
      answer: () => answer() + fileBlock('part_4.py', changed),
    });
    const result = await run();
    expect(result.cuts).toEqual([]);
    expect(reads()).toEqual([]);
    expect(asked('# What stands there already')).toEqual([]);
  });
});
