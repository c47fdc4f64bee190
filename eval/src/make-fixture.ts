import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';
import { repositoryFolder } from './folders.ts';
import { eventsOf, readEvents } from './subjects/read-events.ts';

export interface FixtureOptions {
  /** The events of a run, as `--json` printed them. */
  events: string;
  /** What it shows, in a few words; becomes the name of its folder. */
  name: string;
}

/**
 * Makes a fixture of a run: what was asked of the team, and every reply of the model by task. Requests are left out, so that it lives on when instructions
 * change. @returns the folder.
 * @throws MultiagentError `eval.no_run`.
 */
export async function makeFixture({ events: file, name }: FixtureOptions): Promise<string> {
  const events = await readEvents(file);
  const [started] = eventsOf(events, 'run.started');
  if (started === undefined) {
    throw new MultiagentError({
      code: 'eval.no_run',
      message: `No run begins in ${file}.`,
      hint: 'Name the events.jsonl of an attempt of the team.',
    });
  }
  const types = new Map(eventsOf(events, 'task.added').map(({ task, taskType }) => [task, taskType]));
  const tasks = new Map(eventsOf(events, 'activity.started').map(({ activity, task }) => [activity, task]));
  const replies = eventsOf(events, 'activity.completed').flatMap((completed) => {
    if (!('text' in completed)) return [];
    const { activity, text, finishReason } = completed;
    const task = tasks.get(activity) ?? activity;
    return [{ taskType: types.get(task) ?? task, text, finishReason }];
  });
  const { workflow, input, model } = started;
  const folder = join(repositoryFolder, 'test', 'fixtures', 'real-replies', name);
  mkdirSync(folder, { recursive: true });
  const fixture = { workflow, model: basename(model.name), input, replies };
  writeFileSync(join(folder, 'fixture.json'), `${JSON.stringify(fixture, null, 2)}\n`);
  return folder;
}
