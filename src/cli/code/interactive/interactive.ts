import process from 'node:process';
import { ownSettingsFolder } from '../../../config/own-folders.ts';
import { OwnPermissions } from '../../../config/own-permissions.ts';
import type { ExitCode } from '../../exit-code.ts';
import { overridesOf } from '../../follow-up-run.ts';
import { runWithTeam } from '../../run-with-team.ts';
import { foldText } from '../../views/fold-text.ts';
import { lookFor } from '../../views/look.ts';
import { writeFolded } from '../../write-folded.ts';
import { completePath } from '../../asking/complete-path.ts';
import { allowedRisks, type CodeOptions, goesOnFrom } from '../code-options.ts';
import { CodeSession } from '../code-session.ts';
import { projectOfSession } from '../project-of-session.ts';
import { Chat } from './chat.ts';
import { ChatRights } from './chat-rights.ts';
import { modeLines } from './mode-lines.ts';
import { PromptLine } from './prompt-line.ts';
import { toolLines } from './tool-lines.ts';
import { slashNames } from './slash-commands.ts';
import { turnView } from './turn-view.ts';

/** A conversation at the terminal. @throws what keeps the first turn from beginning; what `goesOnFrom` throws. */
export async function interactive(first: string | undefined, options: CodeOptions): Promise<ExitCode> {
  const look = lookFor(process.env, process.platform);
  let chat: Chat | undefined;
  let line: PromptLine | undefined;
  const view = turnView(
    {
      above: (text) => (line === undefined ? writeFolded(`${text}\n`, process.stderr) : line.above(fold(text))),
      state: (text) => {
        if (chat !== undefined) chat.state = text;
      },
      now: () => performance.now(),
    },
    look,
  );
  let session: CodeSession | undefined;
  const code = await runWithTeam({
    options,
    view,
    async work({ orchestrator, signal, begin }) {
      const { store, workspace: project } = orchestrator;
      const rights = new ChatRights({
        allowed: allowedRisks(options),
        own: new OwnPermissions(ownSettingsFolder(process.env)),
        project,
      });
      const from = await goesOnFrom({ store, workspace: project }, options);
      session = new CodeSession({
        orchestrator,
        from,
        given: await projectOfSession(options, orchestrator),
        role: options.role?.replaceAll('-', '_'),
        tools: orchestrator.settings.session_tools,
        calls: {
          get permissions() {
            return rights.permissions;
          },
          get ofOthers() {
            return rights.ofOthers;
          },
          ask: (call, over) => chat?.askCall(call, over) ?? Promise.resolve('refuse'),
        },
        overrides: overridesOf(options),
        trust: options.trust === true,
      });
      await begin();
      const mode = async () => modeLines(await orchestrator.connect(signal), project);
      writeFolded(`${[...(await mode()), '/help lists commands; what you type is read by the model.'].join('\n')}\n`);
      line = new PromptLine({ input: process.stdin, output: process.stdout, complete: (text) => completeWord(text, project) });
      chat = new Chat({
        session,
        line,
        look,
        rights,
        fold,
        begins: from?.session === 'same' ? 'open' : 'fresh',
        signal,
        first,
        slash: { mode, tools: (over) => toolLines({ settings: orchestrator.settings, rights, environment: process.env, signal: over }) },
      });
      await chat.run();
      return [];
    },
  });
  const id = session?.name;
  if (id !== undefined) writeFolded(`To go on: multiagent code --session ${id}\n`);
  return code;
}

/** Commands behind a slash, and files behind an @. */
async function completeWord(text: string, directory: string): Promise<[string[], string]> {
  if (/^\/\S*$/.test(text)) return [slashNames.filter((name) => name.startsWith(text)), text];
  const last = text.split(/\s/).at(-1) ?? '';
  const word = last.includes('@') ? last.slice(last.indexOf('@')) : '';
  if (word === '') return [[], text];
  const found = await completePath(word.slice(1), directory);
  return [found.map(({ name }) => `@${name}`), word];
}

function fold(text: string): string {
  return foldText(text, process.stdout.columns || 80);
}
