import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import { scratchFolder, writeFiles } from '../scoring/scratch-folder.ts';
import { repositoryFolder } from '../folders.ts';
import { beganNothing, commandRefused } from './command-refused.ts';
import { keepChanges } from './keep-changes.ts';
import { eventsOf } from './read-events.ts';
import { keepReplies } from './replies-of-run.ts';
import { requireServer } from './require-server.ts';
import { runProgram } from './run-program.ts';
import type { Attempt, Subject } from './subject.ts';
import { teamSettings } from './team-settings.ts';
import { tokensOfRun } from './tokens-of-run.ts';

/**
 * One turn of `multiagent code`, as a person types it who lets it write: the requirement is the message, and nothing is said after it.
 * @param settings Settings that are tried; undefined: those of a user who has set nothing.
 */
export function code(settings: unknown): Subject {
  return {
    name: 'code',
    async attempt(attempt) {
      const { task, folder, generated, seed } = attempt;
      await using scratch = await scratchFolder();
      const [workspace, home] = [join(scratch.path, 'workspace'), join(scratch.path, 'home')];
      await mkdir(workspace);
      await mkdir(home);
      await writeFiles(workspace, task.project);
      const place = { workspace, home, config: join(folder, 'settings.yaml') };
      await writeFile(place.config, teamSettings(settings, seed));
      const { code: exitCode, ended } = await takeTurn(attempt, place);
      if (beganNothing(exitCode)) throw await commandRefused(folder);
      if (exitCode !== 0) await requireServer(attempt.baseUrl);
      const events = await exportedEvents(attempt, place);
      await keepChanges({ workspace, project: task.project, generated, isOwn: (path) => /^(?:output|logs|\.multiagent)\//.test(path) });
      const failures = eventsOf(events, 'task.failed').map(({ error }) => error.message);
      const isCompleted = eventsOf(events, 'run.finished').at(-1)?.status === 'completed';
      return {
        status: ended === 'out of time' ? 'out-of-time' : isCompleted ? 'completed' : 'failed',
        exitCode,
        error: failures.length === 0 ? null : failures.join('\n'),
        tokens: await tokensOfRun(join(workspace, 'output'), events),
        replies: await keepReplies(events, folder),
        sampling: { seed },
      };
    },
  };
}

interface Place {
  workspace: string;
  home: string;
  config: string;
}

function takeTurn(attempt: Attempt, place: Place) {
  const { task, model, baseUrl, folder } = attempt;
  const server = ['--base-url', baseUrl, '--model', model];
  const given = [`--prompt=${task.requirement}`, '--yes-to', 'write,execute', '--json', ...server];
  return command(attempt, place, { arguments: ['code', ...given], output: join(folder, 'session-events.jsonl') });
}

/** All that its journal holds; what the command prints is less. */
async function exportedEvents(attempt: Attempt, place: Place): Promise<JournalEvent[]> {
  const output = join(attempt.folder, 'run.json');
  const { code: exitCode } = await command(attempt, place, { arguments: ['export', 'latest'], output });
  if (exitCode !== 0) throw await commandRefused(attempt.folder);
  const { events } = JSON.parse(await readFile(output, 'utf8')) as { events: JournalEvent[] };
  return events;
}

interface Typed {
  arguments: readonly string[];
  output: string;
}

function command(
  { folder, seconds, signal }: Attempt,
  { workspace, home, config }: Place,
  { arguments: [name = '', ...rest], output }: Typed,
) {
  return runProgram({
    command: process.execPath,
    arguments: [join(repositoryFolder, 'src/cli/multiagent.ts'), name, '--config', config, '--workspace', workspace, ...rest],
    folder: workspace,
    environment: { PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8' },
    output,
    errors: join(folder, 'errors.txt'),
    seconds,
    signal,
  });
}
