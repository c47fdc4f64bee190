import process from 'node:process';
import type { CallRights } from '../../orchestrator/call-rights.ts';
import { allowedRisks, type AllowedRisk, type CodeOptions, goesOnFrom } from '../code/code-options.ts';
import { CodeSession } from '../code/code-session.ts';
import { oneTurn } from '../code/one-turn.ts';
import { projectOfSession } from '../code/project-of-session.ts';
import { undoneSentence } from '../code/session-sentences.ts';
import { SessionJson } from '../code/session-json.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { listSessions } from '../../operations/sessions.ts';
import { printableLine, shorten } from '../../utils/printable.ts';
import { withJournal } from '../runs/open-journal.ts';
import { isoTime, jsonLine } from '../safe-json.ts';
import { localTime } from '../views/format-time.ts';
import { isPersonThere } from '../asking/person-at-terminal.ts';
import { overridesOf } from '../follow-up-run.ts';
import { readRequirement } from '../read-requirement.ts';
import { runWithTeam } from '../run-with-team.ts';
import { usageError } from '../usage-error.ts';
import { plainView } from '../views/plain/plain-view.ts';
import type { View } from '../views/view.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent code [message]`, and `multiagent code -p "…"`. */
export async function code(words: readonly string[], options: CodeOptions): Promise<ExitCode> {
  if (options.list) return listSessionsHere(options);
  const allowed = allowedRisks(options);
  const message = await messageOf(words, options);
  const goesOn = options.continue === true || options.session !== undefined || options.undo === true;
  if (options.undo && message !== undefined)
    throw usageError('--undo takes no message.', 'Take the turn back first: multiagent code --undo');
  const isConversation = options.prompt === undefined && options.undo !== true && isPersonThere(options);
  if (isConversation) return (await import('../code/interactive/interactive.ts')).interactive(message, options);
  if (message === undefined && !goesOn) throw usageError('The message is empty.', 'Say what to do: multiagent code -p "Add a dark mode."');
  const json = options.json ? new SessionJson((text) => void process.stdout.write(text)) : undefined;
  let ended: ExitCode = exitCode.completed;
  const failed = await runWithTeam({
    options,
    view: json?.view() ?? viewOf(options),
    async work({ orchestrator, signal, begin }) {
      const { store } = orchestrator;
      const workspace = { store, workspace: orchestrator.workspace };
      const session = new CodeSession({
        orchestrator,
        from: await goesOnFrom(workspace, options),
        given: await projectOfSession(options, orchestrator),
        role: options.role?.replaceAll('-', '_'),
        tools: orchestrator.settings.session_tools,
        calls: rightsOf(allowed, json),
        overrides: overridesOf(options),
        trust: options.trust === true,
      });
      await begin();
      if (options.undo) return tellUndone(await session.undo());
      ended = await oneTurn({ session, message, allowed, signal, json });
      return [];
    },
  });
  return failed === exitCode.completed ? ended : failed;
}

async function messageOf(words: readonly string[], { prompt }: CodeOptions): Promise<string | undefined> {
  if (prompt !== undefined && words.length > 0)
    throw usageError('The message is given twice.', 'Give it with -p, or in words behind "code".');
  const given = prompt === '-' ? await readRequirement({ req: '-' }) : (prompt ?? words.join(' '));
  return given.trim() === '' ? undefined : given;
}

/** Nobody is asked: what is not allowed beforehand is refused, and a program is told. */
function rightsOf(allowed: ReadonlySet<AllowedRisk>, json: SessionJson | undefined): CallRights {
  const answer = (risk: AllowedRisk) => (allowed.has(risk) ? 'allow' : 'ask');
  return {
    permissions: { risks: { read: 'allow', write: 'refuse', execute: answer('execute'), network: 'refuse' }, allowed: [] },
    ofOthers: {
      risks: { read: 'allow', write: answer('write'), execute: answer('execute'), network: answer('network') },
      allowed: [],
    },
    ask(call) {
      json?.tell({ type: 'approval.requested', for: 'call', tool: call.tool, arguments: { ...call.arguments } });
      return Promise.resolve('refuse');
    },
  };
}

/** What happens goes to standard error: standard output has the reply and nothing else. */
function viewOf({ quiet, verbose }: CodeOptions): View {
  if (quiet) return { event() {} };
  return plainView({ write: (text) => writeFolded(text, process.stderr), detail: verbose ? 'verbose' : 'normal' });
}

function tellUndone(undone: Awaited<ReturnType<CodeSession['undo']>>): [] {
  const files = undone.files.map(printableLine).join(', ');
  const said = files === '' ? undoneSentence(undone) : `The newest turn is taken back. Taken back: ${files}.`;
  writeFolded(`${said}\n`, process.stderr);
  return [];
}

async function listSessionsHere(options: CodeOptions): Promise<ExitCode> {
  const sessions = await withJournal(options, listSessions);
  if (options.json)
    for (const { session, runs, turns, message, lastTime } of sessions)
      process.stdout.write(jsonLine({ session, runs, turns, message, time: isoTime(lastTime) }));
  else if (sessions.length === 0) writeFolded('There are no sessions yet. Begin one: multiagent code "What does this project do?"\n');
  else {
    const lines = sessions.map(({ session, turns, message, lastTime }) => {
      const size = `${turns} ${turns === 1 ? 'turn' : 'turns'}`;
      return `${session}  ${localTime(lastTime)}  ${size.padEnd(9)}  ${printableLine(shorten(message, 60))}`;
    });
    writeFolded(`${lines.join('\n')}\n`);
  }
  return exitCode.completed;
}
