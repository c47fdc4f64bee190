import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../support/run-command.ts';
import { variedWords } from '../support/varied-words.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Said {
  role: string;
  content: string;
}

/** A project with one file, and an agent that answers by what was said last. */
async function atWork(answers: Readonly<Record<string, string>>, contextTokens = 32_768) {
  const asked: Said[][] = [];
  const home = temporaryFolder();
  const server = await startFakeLlamaServer({
    contextTokens,
    reply: ({ body }: RequestRecord) => {
      const messages = body['messages'] as Said[];
      asked.push(messages);
      const last = messages.findLast(({ role }) => role === 'user')?.content ?? '';
      const found = Object.entries(answers).find(([words]) => last.includes(words));
      return found?.[1] ?? 'I do not know what that is about, so nothing was changed here.\n';
    },
  });
  onTestFinished(() => server.close());
  const directory = join(temporaryFolder(), 'project');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'rate.py'), 'RATE = 19\n');
  const codeAt = (place: string, args: string[]) =>
    runCommand(['code', ...args, '--base-url', server.address], { directory, environment: { HOME: place } });
  const code = (...args: string[]) => codeAt(home, args);
  // Somebody else's machine, to which the folder was copied with its journal.
  const elsewhere = (...args: string[]) => codeAt(temporaryFolder(), args);
  return { directory, asked, code, elsewhere, rate: () => readFileSync(join(directory, 'rate.py'), 'utf8') };
}

const raised = 'The rate is raised.\n\n```python:rate.py\nRATE = 20\n```\n';
const answers = { 'Which rate': 'The rate is 19, in rate.py, in its first line.\n', 'Make it 20': raised };

describe('multiagent code -p', () => {
  it('prints the reply and nothing else to standard output, and changes nothing where only something is asked', async () => {
    const { code, rate, directory } = await atWork(answers);
    const { code: exit, output } = await code('-p', 'Which rate is it?');
    expect({ exit, output, rate: rate() }).toEqual({
      exit: 0,
      output: 'The rate is 19, in rate.py, in its first line.\n',
      rate: 'RATE = 19\n',
    });
    expect(existsSync(join(directory, '.multiagent'))).toBe(true);
  });

  it('shows what it wrote as a diff and leaves it proposed: exit code 4, until somebody allows it', async () => {
    const { code, rate } = await atWork(answers);
    const first = await code('-p', 'Make it 20.');
    expect(first.code).toBe(4);
    expect(first.output).toContain('The rate is raised.\n\n[rate.py]\n');
    expect(first.output).toContain('-RATE = 19\n+RATE = 20\n');
    expect(first.errors).toContain('Proposed, and not written: 1 file.');
    expect(rate()).toBe('RATE = 19\n');
    const again = await code('--continue');
    expect([again.code, rate()]).toEqual([4, 'RATE = 19\n']);
    const written = await code('--continue', '--yes-to', 'write');
    expect([written.code, rate()]).toEqual([0, 'RATE = 20\n']);
    expect((await code('--continue')).code).toBe(0);
  });

  it('writes at once where that is allowed, and takes the turn back with all that was said in it', async () => {
    const { code, rate, asked } = await atWork(answers);
    await code('-p', 'Which rate is it?');
    expect((await code('--continue', '-p', 'Make it 20.', '--yes-to', 'write')).code).toBe(0);
    expect(rate()).toBe('RATE = 20\n');
    expect((await code('--undo')).errors).toContain('Taken back: rate.py.');
    expect(rate()).toBe('RATE = 19\n');
    await code('--continue', '-p', 'What now?');
    const words =
      asked
        .at(-1)
        ?.map(({ content }) => content)
        .join('\n') ?? '';
    expect(words).toContain('Which rate is it?');
    expect(words).not.toContain('Make it 20.');
  });

  it('takes back turn after turn, the words of those that wrote nothing, too', async () => {
    const { code, rate, asked } = await atWork({ ...answers, 'Make it 21': raised.replace('20', '21') });
    await code('-p', 'Make it 20.', '--yes-to', 'write');
    await code('--continue', '-p', 'Which rate is it?');
    await code('--continue', '-p', 'Make it 21.', '--yes-to', 'write');
    const undo = async () => [(await code('--undo')).errors.trim().split('\n').at(-1), rate()];
    expect(await undo()).toEqual(['The newest turn is taken back. Taken back: rate.py.', 'RATE = 20\n']);
    expect(await undo()).toEqual(['The newest turn is taken back. It had written no file.', 'RATE = 20\n']);
    await code('--continue', '-p', 'What now?');
    const words = JSON.stringify(asked.at(-1));
    expect([words.includes('Make it 20.'), words.includes('Which rate is it?'), words.includes('Make it 21.')]).toEqual([
      true,
      false,
      false,
    ]);
    await undo();
    expect(await undo()).toEqual(['The newest turn is taken back. Taken back: rate.py.', 'RATE = 19\n']);
    const { code: exit, errors } = await code('--undo');
    expect([exit, errors]).toEqual([2, expect.stringContaining('There is no turn to take back.')]);
    await code('--continue', '-p', 'What now?');
    expect(JSON.stringify(asked.at(-1))).not.toContain('Make it 20.');
  });

  it.each(['Which rate is it?', 'Make it 20.'])('keeps what a person has changed since the last turn was written: %s', async (message) => {
    const { code, rate, directory } = await atWork(answers);
    await code('-p', 'Make it 20.', '--yes-to', 'write');
    writeFileSync(join(directory, 'rate.py'), 'RATE = 20\n\nTAX = 7\n');
    await code('--continue', '-p', message, '--yes-to', 'write');
    expect(rate()).toBe('RATE = 20\n\nTAX = 7\n');
  });

  it('goes on with the words of the turns before, byte for byte, so that only the new message is read', async () => {
    const { code, asked } = await atWork(answers);
    await code('-p', 'Which rate is it?');
    await code('--continue', '-p', 'Make it 20.');
    const [first = [], second = []] = asked;
    expect(second.slice(0, first.length)).toEqual(first);
    expect(second[first.length]).toEqual({ role: 'assistant', content: answers['Which rate'] });
  });

  it('brings nothing into the project from a session that came along with it, and does not go on with one', async () => {
    const { code, elsewhere, asked, rate } = await atWork(answers);
    await code('-p', 'Make it 20.');
    for (const args of [['--yes-to', 'write'], ['-p', 'Go on.'], ['--undo']]) {
      const { code: exit, errors } = await elsewhere(...(args[0] === '--undo' ? [] : ['--continue']), ...args);
      expect([exit, errors.includes('was not started here')]).toEqual([2, true]);
    }
    expect([rate(), asked.length]).toEqual(['RATE = 19\n', 1]);
    expect((await elsewhere('--continue', '--yes-to', 'write', '--trust')).code).toBe(0);
    expect(rate()).toBe('RATE = 20\n');
  });

  it('begins a session of its own with --fork, on top of what was said until a turn', async () => {
    const { code, asked } = await atWork(answers);
    await code('-p', 'Which rate is it?');
    await code('--continue', '-p', 'Make it 20.');
    await code('--fork', ':1', '-p', 'What now?');
    const words =
      asked
        .at(-1)
        ?.map(({ content }) => content)
        .join('\n') ?? '';
    expect(words).toContain('Which rate is it?');
    expect(words).not.toContain('Make it 20.');
    const listed = (await code('--list', '--json')).output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { runs: string[]; message: string });
    expect(listed.map(({ message, runs }) => [message, runs.length])).toEqual([
      ['What now?', 1],
      ['Make it 20.', 2],
    ]);
  });

  it('tells programs of each step, in order', async () => {
    const { code } = await atWork(answers);
    const { code: exit, output } = await code('-p', 'Make it 20.', '--json');
    const events = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const kinds = events.map(({ type }) => type);
    expect(exit).toBe(4);
    expect(kinds.filter((kind, index) => kind !== kinds[index - 1])).toEqual([
      'session.started',
      'turn.started',
      'reply.delta',
      'file.changed',
      'approval.requested',
      'turn.finished',
    ]);
    expect(
      events
        .filter(({ type }) => type === 'reply.delta')
        .map(({ text }) => text)
        .join(''),
    ).toBe(raised);
    expect(events.at(-1)).toMatchObject({ status: 'completed', reply: raised, applied: [], proposed: ['rate.py'] });
    const next = (await code('--continue', '-p', 'Which rate is it?', '--json')).output;
    expect(next.match(/"type":"turn.started"/g)).toHaveLength(1);
    expect(next).not.toContain('"file.changed"');
  });

  it('tells what was said in short before the context is full, and tells programs so', async () => {
    const long = (n: number) => `That is a long story.\n\n${variedWords(n, 900)}\n`;
    const digest =
      'The person wants to hear two stories, and both were told in full. Nothing of them is open, and no file was changed for them so far.\n';
    const { code, asked } = await atWork({ 'is taken away': digest, 'first story': long(1), 'second story': long(2) }, 6144);
    await code('-p', 'Tell me the first story.', '--no-project');
    await code('--continue', '-p', 'Tell me the second story.', '--no-project');
    const { output } = await code('--continue', '-p', 'What is left?', '--no-project', '--json');
    const events = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events[0]).toMatchObject({ type: 'session.shortened', digest: digest.trim(), quality: 'sound' });
    expect(events.filter(({ type }) => type === 'session.started' || type === 'turn.started')).toHaveLength(2);
    expect(JSON.stringify(asked.at(-1))).not.toContain(variedWords(1, 900));
    expect((await code('--undo')).errors).toContain('The newest turn is taken back.');
    expect((await code('--undo')).errors).toContain('The newest turn is taken back.');
    await code('--continue', '-p', 'What is left?', '--no-project');
    const asking = JSON.stringify(asked.at(-1));
    expect(['first story', 'second story', 'hear two stories'].filter((said) => asking.includes(said))).toEqual(['first story']);
  });

  it('goes on from any run with --run, whatever workflow it had', async () => {
    const { code, asked, directory } = await atWork({ ...answers, QUESTION: 'Blue is the answer to that, as everybody knows.\n' });
    const address = await code('-p', 'Which rate is it?');
    expect(address.code).toBe(0);
    const [session = ''] = /\d{8}-\d{9}-\w{4}/.exec((await code('--list')).output) ?? [];
    expect((await code('--run', session, '-p', 'Make it 20.')).code).toBe(4);
    expect(asked.at(-1)?.some(({ content }) => content.includes('Which rate is it?'))).toBe(true);
    expect(existsSync(join(directory, 'output'))).toBe(true);
  });

  it.each([
    [['-p', ' '], 'The message is empty.'],
    [['-p', 'a', 'b'], 'The message is given twice.'],
    [['-p', 'a', '--yes-to', 'all'], '--yes-to takes read, write, execute, network; it was given "all".'],
    [['--continue', '--fork', 'x', '-p', 'a'], '--continue, --session, --fork and --run exclude each other.'],
    [['--continue', '-p', 'a'], 'This workspace has no sessions yet.'],
    [['-p', 'a', '--tools', 'web_search'], 'There is no tool web_search'],
    [['--undo', 'a'], '--undo takes no message.'],
  ])('says what is wrong with %j, and asks no model', async (args, message) => {
    const { code, asked } = await atWork(answers);
    const { code: exit, errors } = await code(...args);
    expect(exit).toBe(2);
    expect(errors).toContain(message);
    expect(asked).toEqual([]);
  });
});
