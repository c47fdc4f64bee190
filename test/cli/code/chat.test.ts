import { describe, expect, it, vi } from 'vitest';
import { Chat } from '../../../src/cli/code/interactive/chat.ts';
import type { PromptLine, Typed } from '../../../src/cli/code/interactive/prompt-line.ts';
import type { CodeSession, TakenTurn } from '../../../src/cli/code/code-session.ts';
import { lookFor } from '../../../src/cli/views/look.ts';
import { ChatRights } from '../../../src/cli/code/interactive/chat-rights.ts';
import { OwnPermissions } from '../../../src/config/own-permissions.ts';
import type { ShortenedSession } from '../../../src/operations/shorten-session.ts';
import { decide } from '../../../src/tools/policy/decide.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const look = lookFor({ NO_COLOR: '1', LANG: 'en_US.UTF-8' }, 'linux');
const completed = {
  result: { status: 'completed', verification: { sentences: [] }, error: null },
  state: { artifacts: [] },
} as unknown as TakenTurn;
const interrupted = { result: { status: 'interrupted', verification: { sentences: [] }, error: null } } as unknown as TakenTurn;
const bytes = (text: string) => new TextEncoder().encode(text);
const change = { path: 'a.py', before: bytes('A = 1\n'), after: bytes('A = 2\n') };

/** A conversation of which the test is the keyboard, the screen and the agent. */
function conversation({
  changes = [],
  first,
  begins = 'fresh',
}: { changes?: (typeof change)[]; first?: string; begins?: 'open' | 'fresh' } = {}) {
  const shown: string[] = [];
  const prompts: string[] = [];
  let listener: (typed: Typed) => void = () => undefined;
  let isEmpty = true;
  const close = vi.fn<() => void>();
  const line = {
    listen: (heard: typeof listener) => (listener = heard),
    above: (text: string) => void shown.push(text),
    set prompt(text: string) {
      prompts.push(text);
    },
    get isEmpty() {
      return isEmpty;
    },
    clear: () => (isEmpty = true),
    close,
  } as unknown as PromptLine;
  const taken: { message: string; signal: AbortSignal; end: (turn?: TakenTurn) => void }[] = [];
  let pins: string[] = [];
  const session = {
    take: (message: string, signal: AbortSignal) =>
      new Promise<TakenTurn>((resolve) => {
        taken.push({ message, signal, end: (turn = completed) => resolve(turn) });
      }),
    finishLast: () => Promise.resolve(undefined),
    proposals: () => Promise.resolve({ plan: { changes, conflicts: [], refused: [], same: [] } }),
    apply: vi.fn<() => Promise<void>>(() => Promise.resolve()),
    undo: vi.fn<() => Promise<object>>(() => Promise.resolve({ what: 'turn', files: ['a.py'] })),
    shortenWhereFull: vi.fn<(signal: AbortSignal) => Promise<ShortenedSession | undefined>>(() => Promise.resolve(undefined)),
    shorten: () => Promise.resolve({ kind: 'kept', why: 'It is no shorter.' }),
    pins: () => Promise.resolve(pins),
    pin: (facts: string[]) => {
      pins = facts;
      return Promise.resolve();
    },
  };
  const rights = new ChatRights({ allowed: new Set(), own: new OwnPermissions(temporaryFolder()), project: '/p' });
  const chat = new Chat({
    session: session as unknown as CodeSession,
    line,
    look,
    rights,
    fold: (text) => text,
    signal: new AbortController().signal,
    first,
    begins,
    slash: { mode: () => Promise.resolve(['Mode: Local (BYOK)']), tools: () => Promise.resolve(['read_file  allowed']) },
  });
  const over = chat.run();
  const type = (text: string) => listener({ kind: 'line', text });
  const press = (kind: 'escape' | 'interrupt' | 'end') => listener({ kind });
  return { chat, shown, prompts, taken, session, rights, over, type, press, line, close, typeWithout: () => (isEmpty = false) };
}

describe('a conversation', () => {
  it('takes the first message at once, and what is typed meanwhile after it, in order', async () => {
    const { taken, type, shown, press, over } = conversation({ first: 'one' });
    await vi.waitFor(() => expect(taken).toHaveLength(1));
    type('two');
    type('three');
    expect(shown).toContain('waits for the end of this turn: two');
    taken[0]?.end();
    await vi.waitFor(() => expect(taken.map(({ message }) => message)).toEqual(['one', 'two']));
    taken[1]?.end();
    await vi.waitFor(() => expect(taken).toHaveLength(3));
    taken[2]?.end();
    press('end');
    await over;
  });

  it.each(['escape', 'interrupt'] as const)('is interrupted in a turn by %s, and goes on', async (key) => {
    const { taken, type, shown, press, over } = conversation({ first: 'one' });
    await vi.waitFor(() => expect(taken).toHaveLength(1));
    press(key);
    expect(taken[0]?.signal.aborted).toBe(true);
    taken[0]?.end(interrupted);
    await vi.waitFor(() => expect(shown.at(-1)).toContain('Interrupted.'));
    type('two');
    await vi.waitFor(() => expect(taken).toHaveLength(2));
    taken[1]?.end();
    press('end');
    await over;
  });

  it('tells in short what fills the context as soon as a turn is over, and what is typed meanwhile waits for it', async () => {
    const { taken, type, shown, session, press, over } = conversation({ first: 'one' });
    let end: (shortened: ShortenedSession) => void = () => undefined;
    await vi.waitFor(() => expect(taken).toHaveLength(1));
    session.shortenWhereFull.mockImplementationOnce(() => new Promise((resolve) => (end = resolve)));
    taken[0]?.end();
    await vi.waitFor(() => expect(session.shortenWhereFull).toHaveBeenCalledTimes(2));
    type('two');
    expect([shown.at(-1), taken.length]).toEqual(['waits for the end of this turn: two', 1]);
    end({ kind: 'shortened', run: 'r', digest: 'd', before: 900, after: 90, quality: 'sound' });
    await vi.waitFor(() => expect(taken).toHaveLength(2));
    expect(shown.join('\n')).toContain('told in 90 characters instead of 900');
    taken[1]?.end();
    press('end');
    await over;
  });

  it('is not told in short after a turn that was interrupted, and Esc ends what is being told', async () => {
    const { taken, type, session, press, over, shown } = conversation({ first: 'one' });
    await vi.waitFor(() => expect(taken).toHaveLength(1));
    taken[0]?.end(interrupted);
    type('two');
    await vi.waitFor(() => expect(taken).toHaveLength(2));
    expect(session.shortenWhereFull).toHaveBeenCalledTimes(2);
    let signal: AbortSignal | undefined;
    session.shortenWhereFull.mockImplementationOnce(
      (given) =>
        new Promise((resolve) => {
          signal = given;
          given.addEventListener('abort', () => resolve({ kind: 'kept', why: 'interrupted' }), { once: true });
        }),
    );
    taken[1]?.end();
    await vi.waitFor(() => expect(signal).toBeDefined());
    press('escape');
    type('three');
    await vi.waitFor(() => expect(taken).toHaveLength(3));
    expect(shown.join('\n')).not.toContain('Nothing was shortened');
    taken[2]?.end();
    press('end');
    await over;
  });

  it('ends by Ctrl-C only where nothing is typed and nothing is done', async () => {
    const { press, over, typeWithout, line, close } = conversation();
    typeWithout();
    press('interrupt');
    expect(line.isEmpty).toBe(true);
    press('interrupt');
    await over;
    expect(close).toHaveBeenCalledOnce();
  });

  it.each([
    ['y', 1, 0],
    ['n', 0, 0],
    ['u', 0, 1],
  ])('asks about what was written: %s', async (answer, applied, undone) => {
    const { taken, type, shown, prompts, session, press, over } = conversation({ first: 'one', changes: [change] });
    await vi.waitFor(() => expect(taken).toHaveLength(1));
    taken[0]?.end();
    await vi.waitFor(() => expect(prompts.at(-1)).toContain('Write 1 file into the project?'));
    expect(shown.join('\n')).toContain('-A = 1\n+A = 2');
    const asked = () => prompts.filter((prompt) => prompt.startsWith('Write')).length;
    type('what?');
    await vi.waitFor(() => expect([shown.at(-1), asked()]).toEqual(['Type one of: y, n, a, u.', 2]));
    type(answer);
    type('/exit');
    await over;
    expect([session.apply.mock.calls.length, session.undo.mock.calls.length]).toEqual([applied, undone]);
    press('end');
  });

  it('asks no more once everything may be written', async () => {
    const { taken, type, session, rights, over, prompts } = conversation({ first: 'one', changes: [change] });
    await vi.waitFor(() => expect(taken).toHaveLength(1));
    taken[0]?.end();
    await vi.waitFor(() => expect(prompts.at(-1)).toContain('Write 1 file'));
    type('a');
    type('two');
    await vi.waitFor(() => expect(taken).toHaveLength(2));
    taken[1]?.end();
    type('/exit');
    await over;
    expect([session.apply.mock.calls.length, rights.mayWrite]).toEqual([2, true]);
  });

  it('asks first about what an earlier conversation left proposed', async () => {
    const { type, prompts, session, over } = conversation({ changes: [change], begins: 'open' });
    await vi.waitFor(() => expect(prompts.at(-1)).toContain('Write 1 file into the project?'));
    type('y');
    type('/exit');
    await over;
    expect(session.apply).toHaveBeenCalledOnce();
  });

  it('refuses a call that nobody answers, because the turn was stopped', async () => {
    const { chat, over, press, prompts } = conversation();
    const stop = new AbortController();
    const call = {
      tool: 'execute_command',
      risk: 'execute' as const,
      firstArgument: 'make',
      arguments: {},
      execute: () => Promise.reject(new Error('not here')),
    };
    const asked = chat.askCall(call, stop.signal);
    expect(prompts.at(-1)).toContain('Run execute_command make?');
    stop.abort();
    expect(await asked).toBe('refuse');
    press('end');
    await over;
  });

  it('shows all that a tool of others would be given, before it asks', async () => {
    const { chat, over, press, prompts, shown, type, rights } = conversation();
    const call = {
      tool: 'db_write',
      risk: 'write' as const,
      firstArgument: 'orders',
      arguments: { table: 'orders', text: `first\u001B[2J${'x'.repeat(2000)}`, times: 2 },
      execute: () => Promise.reject(new Error('not here')),
    };
    const asked = chat.askCall(call, new AbortController().signal);
    expect(prompts.at(-1)).toContain('Call db_write? [y]es, [n]o, [a]lways in this session');
    expect(shown.at(-1)).toContain('db_write may change things, outside of the sandbox');
    expect(shown.at(-1)).toContain('  table: orders\n  text: first');
    expect(shown.at(-1)).toContain('x…\n  times: 2');
    expect(shown.at(-1)).not.toContain('\u001B[2J');
    type('a');
    expect(await asked).toBe('allow');
    expect(decide(call, rights.ofOthers)).toBe('allow');
    press('end');
    await over;
  });

  it('pins facts, lists them, takes one out, and says what came of shortening', async () => {
    const { type, shown, over } = conversation();
    type('/pins');
    await vi.waitFor(() => expect(shown.at(-1)).toContain('Nothing is pinned.'));
    for (const text of ['/pin one', '/pin two', '/unpin 1', '/unpin 5', '/unpin x', '/pins']) type(text);
    await vi.waitFor(() => expect(shown.at(-1)).toBe('1. two'));
    expect(shown).toContain('There is no fact 5.');
    expect(shown).toContain('"x" is no number.');
    type('/compact');
    await vi.waitFor(() => expect(shown.at(-1)).toBe('Nothing was shortened. It is no shorter.'));
    type('/exit');
    await over;
  });

  it('says which command there is not, and goes on', async () => {
    const { type, shown, over } = conversation();
    type('/udno');
    await vi.waitFor(() => expect(shown.join('\n')).toContain('There is no /udno.'));
    expect(shown.join('\n')).toContain('Did you mean /undo?');
    type('/mode');
    await vi.waitFor(() => expect(shown).toContain('Mode: Local (BYOK)'));
    type('/tools');
    await vi.waitFor(() => expect(shown).toContain('read_file  allowed'));
    type('/exit');
    await over;
  });
});
