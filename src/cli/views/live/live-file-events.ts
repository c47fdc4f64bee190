import { collisionSentence, findingLines } from '../event-sentences.ts';
import { removalSentence } from '../../../orchestrator/results/removal-sentence.ts';
import { calledSentence } from '../../../orchestrator/calling/called-sentence.ts';
import { readSentence } from '../../../orchestrator/showing/read-sentence.ts';
import { installBegins } from '../../../orchestrator/packages/install-sentence.ts';
import { checkBegins, checkEnds, installEnds, outdateChecks } from './live-checks.ts';
import { taskOfActivity } from '../../../utils/run-id.ts';
import { changeTask, type LiveHandlers, type LiveNote, saidEnd } from './live-run.ts';

/** What it learns about files and about what was run. */
export const liveFileEvents: LiveHandlers = {
  'artifact.written': (run, { data: { task: id, outcome, path, bytes, sha256 } }) => {
    changeTask(run, id, (task) => {
      task.files.add(path);
      task.changedFiles ||= outcome !== 'unchanged';
      task.notes.push({ kind: 'file', text: `${outcome} ${path} (${bytes} bytes)` });
    });
    if (outcome !== 'unchanged') outdateChecks(run, path, sha256);
  },
  'artifact.removed': (run, { data }) => {
    changeTask(run, data.task, (task) => {
      task.files.delete(data.path);
      task.changedFiles = true;
      task.notes.push({ kind: 'file', text: removalSentence(data) });
    });
    outdateChecks(run, data.path);
  },
  'artifact.checked': (run, { data }) =>
    changeTask(run, data.task, (task) => task.notes.push(...findingLines(data).map((text): LiveNote => ({ kind: 'warning', text })))),
  'examples.tried': (run, { data }) =>
    changeTask(run, data.task, (task) => {
      const held = data.examples.filter(({ outcome }) => outcome === 'holds').length;
      const kind = held === data.examples.length ? 'file' : 'warning';
      task.notes.push({
        kind,
        text: `${held} of ${data.examples.length} ${data.examples.length === 1 ? 'example' : 'examples'} of the requirement ${held === 1 ? 'holds' : 'hold'}`,
      });
    }),
  'check.started': (run, { data }) => checkBegins(run, data),
  'check.finished': (run, { data }) => checkEnds(run, data),
  'activity.started': (run, { data }) => {
    if (data.kind === 'command') checkBegins(run, data);
    if (data.kind === 'install') run.notes.push(installBegins(data));
  },
  'activity.completed': (run, { data }) => {
    if (data.kind === 'command') checkEnds(run, data);
    // Also where none of it was heard of while it was written, as in a run that builds on another.
    if (data.kind === 'reply') changeTask(run, taskOfActivity(data.activity), (task) => (task.said = saidEnd(data.activity, data.text)));
    if (data.kind === 'install') installEnds(run, data);
    if (data.kind === 'tool')
      changeTask(run, taskOfActivity(data.activity), (task) =>
        task.notes.push({ kind: data.failed ? 'warning' : 'file', text: calledSentence(data) }),
      );
    if (data.kind === 'read')
      changeTask(run, taskOfActivity(data.activity), (task) => task.notes.push({ kind: 'file', text: readSentence(data) }));
  },
  'artifact.refused': (run, { data: { task: id, name, reason } }) =>
    changeTask(run, id, (task) => task.notes.push({ kind: 'warning', text: `not written${name === '' ? '' : `, ${name}`}: ${reason}` })),
  'artifact.collided': (run, { data }) =>
    changeTask(run, data.task, (task) => task.notes.push({ kind: 'warning', text: collisionSentence(data) })),
  'artifact.restored': (run, { data: { path } }) => void run.notes.push(`Written again, because it was missing: ${path}`),
  'artifact.edited': (run, { data: { path, found } }) => {
    run.notes.push(`Left as it is, because somebody has changed it: ${path}`);
    outdateChecks(run, path, found);
  },
};
