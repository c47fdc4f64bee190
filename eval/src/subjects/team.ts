import { copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';
import { repositoryFolder } from '../folders.ts';
import type { SubjectStatus } from '../results/result-schema.ts';
import { scratchFolder, writeFiles } from '../scoring/scratch-folder.ts';
import { listFiles } from '../tasks/list-files.ts';
import type { Task } from '../tasks/task.ts';
import { beganNothing, commandRefused } from './command-refused.ts';
import { eventsOf, readEvents } from './read-events.ts';
import { keepReplies } from './replies-of-run.ts';
import { requireServer } from './require-server.ts';
import { runProgram, type ProgramEnd } from './run-program.ts';
import type { Attempt, AttemptEnd, Subject } from './subject.ts';
import { teamSettings } from './team-settings.ts';
import { tokensOfRun } from './tokens-of-run.ts';

export interface TeamOptions {
  name: string;
  workflowOf: (task: Task) => string;
  /** Settings that are tried; undefined: those of a user who has set nothing. */
  settings: unknown;
}

/** The product's own command, run as a user runs it, in a workspace and a home of its own. */
export function team({ name, workflowOf, settings }: TeamOptions): Subject {
  return {
    name,
    async attempt(attempt) {
      await using scratch = await scratchFolder();
      const [workspace, home] = [join(scratch.path, 'workspace'), join(scratch.path, 'home')];
      await mkdir(workspace);
      await mkdir(home);
      const config = join(attempt.folder, 'settings.yaml');
      await writeFile(config, teamSettings(settings, attempt.seed));
      const ended = await runCommand(attempt, { workflow: workflowOf(attempt.task), workspace, home, config });
      if (beganNothing(ended.code)) throw await commandRefused(attempt.folder);
      if (ended.code !== 0) await requireServer(attempt.baseUrl);
      return await outcome(attempt, workspace, ended);
    },
  };
}

interface Place {
  workflow: string;
  workspace: string;
  home: string;
  config: string;
}

async function runCommand(attempt: Attempt, { workflow, workspace, home, config }: Place): Promise<ProgramEnd> {
  const { task, model, baseUrl, folder, seconds, signal } = attempt;
  await writeFiles(workspace, task.project);
  const requirement = join(home, 'requirement.md');
  await writeFile(requirement, `${task.requirement}\n`);
  // The whole folder, as a user would: at their size it is the same prompt as naming each file.
  const files = task.project.length === 0 ? [] : ['--files', '**/*'];
  const server = ['--base-url', baseUrl, '--model', model];
  const kept = ['--config', config, '--workspace', workspace, '--record', join(folder, 'session.jsonl'), '--json'];
  return runProgram({
    command: process.execPath,
    arguments: [join(repositoryFolder, 'src/cli/multiagent.ts'), 'run', workflow, '--req', requirement, ...files, ...server, ...kept],
    folder: workspace,
    environment: { PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8' },
    output: join(folder, 'events.jsonl'),
    errors: join(folder, 'errors.txt'),
    seconds,
    signal,
  });
}

async function outcome(attempt: Attempt, workspace: string, { code, ended }: ProgramEnd): Promise<AttemptEnd> {
  const { task, folder, generated, seed } = attempt;
  const output = join(workspace, 'output');
  const events = await readEvents(join(folder, 'events.jsonl'));
  await keepGenerated(events, join(output, 'generated', 'latest'), { generated, demanded: task.files });
  for (const path of listFiles(output).filter((each) => /^workflow_[^/]+\.(?:json|md)$/.test(each))) {
    await copyFile(join(output, path), join(folder, path));
  }
  const failures = eventsOf(events, 'task.failed').map(({ task: failed, error }) => `${failed}: ${error.message}`);
  return {
    status: statusOf(events, ended),
    exitCode: code,
    error: failures.length === 0 ? null : failures.join('\n'),
    tokens: await tokensOfRun(output, events),
    replies: await keepReplies(events, folder),
    sampling: { seed },
  };
}

/** Not by the exit code: it is 1 also for a run that is completed and whose own tests fail. */
function statusOf(events: readonly JournalEvent[], ended: ProgramEnd['ended']): SubjectStatus {
  if (ended === 'out of time') return 'out-of-time';
  if (events.at(-1)?.type === 'run.waiting') return 'waiting';
  return eventsOf(events, 'run.finished').at(-1)?.status === 'completed' ? 'completed' : 'failed';
}

interface Kept {
  generated: string;
  demanded: readonly string[];
}

/** The files of the run, without the replies of text steps, unless one has the very name that was demanded. */
async function keepGenerated(events: readonly JournalEvent[], latest: string, { generated, demanded }: Kept): Promise<void> {
  if (!existsSync(latest)) return;
  const formats = new Map(eventsOf(events, 'artifact.written').map(({ path, format }) => [path, format]));
  for (const path of listFiles(latest)) {
    if (formats.get(path) === 'reply' && !demanded.includes(path)) continue;
    await mkdir(dirname(join(generated, path)), { recursive: true });
    await cp(join(latest, path), join(generated, path));
  }
}
