import { reasonOfSkip } from '../../../state/run/reason-of-skip.ts';
import { askedLines, decideSentence } from '../asked-lines.ts';
import { budgetRest, isForPerson, waitingSentence } from '../event-sentences.ts';
import { nothingSentence } from '../../../orchestrator/results/nothing-sentence.ts';
import { outcomeSentence } from '../../../orchestrator/results/outcome-sentence.ts';
import { decisionSentence } from '../../../orchestrator/decisions/decision-sentence.ts';
import { asStarted } from '../../as-started.ts';
import { changeTask, endTask, type LiveHandlers, type LiveNote, noProgress, saidEnd } from './live-run.ts';

/** What it learns about tasks. */
export const liveTaskEvents: LiveHandlers = {
  'task.added': (run, { data: { task, number, role, place, dependencies, parent } }) => {
    run.tasks.set(task, {
      id: task,
      number,
      role,
      dependencies,
      parent,
      state: 'pending',
      attempt: 1,
      takenOver: run.inherited.has(task),
      startedAt: undefined,
      endedAt: undefined,
      wakesAt: undefined,
      waitsFor: 'other',
      progress: { kind: place === 'none' ? 'no_model' : 'none' },
      said: saidEnd('', ''),
      notes: [],
      files: new Set(),
      changedFiles: false,
      usage: {},
      cost: undefined,
    });
    // A task that belongs between others, such as one of a loop, is shown there.
    if ([...run.tasks.values()].some((other) => other.number > number))
      run.tasks = new Map([...run.tasks].toSorted(([, a], [, b]) => a.number - b.number));
  },
  'task.started': (run, { data, time }) =>
    changeTask(run, data.task, (task) => {
      task.state = 'running';
      task.attempt = data.attempt;
      task.startedAt ??= time;
      task.progress = noProgress(task);
    }),
  'task.waiting': (run, { data }) =>
    changeTask(run, data.task, (task) => {
      task.state = 'waiting';
      task.wakesAt = data.until;
      if (data.reason === 'budget') {
        task.waitsFor = 'other';
        task.notes.push({ kind: 'warning', text: budgetRest });
        return;
      }
      task.waitsFor = data.error !== undefined ? 'next_attempt' : isForPerson(data) ? 'person' : 'other';
      // What a person is asked says it already.
      if (task.waitsFor !== 'person') task.notes.push({ kind: data.error === undefined ? 'wait' : 'warning', text: waitingSentence(data) });
    }),
  'task.asked': (run, { data, correlation }) =>
    changeTask(run, data.task, (task) => {
      // What was asked before was decided, or no longer stands.
      task.notes = task.notes.filter(({ kind }) => kind !== 'wait');
      const lines = [...askedLines(data), asStarted(decideSentence(correlation, data))];
      task.notes.push(...lines.map((text): LiveNote => ({ kind: 'wait', text })));
    }),
  'task.decided': (run, { data }) =>
    changeTask(run, data.task, (task) => {
      if (task.state === 'waiting') task.state = 'pending';
      task.notes = task.notes.filter(({ kind }) => kind !== 'wait');
      task.notes.push({ kind: 'wait', text: decisionSentence(data) });
    }),
  'task.woken': (run, { data }) =>
    changeTask(run, data.task, (task) => {
      task.state = 'pending';
      // It waits no more.
      if (task.waitsFor === 'other') task.notes = task.notes.filter(({ kind }) => kind !== 'wait');
    }),
  'task.reopened': (run, { data }) =>
    changeTask(run, data.task, (task) => {
      task.state = 'pending';
      if (data.reason === 'retry') {
        task.notes = [];
        task.changedFiles = false;
      }
      task.takenOver = false;
      task.startedAt = undefined;
      task.endedAt = undefined;
      task.progress = noProgress(task);
    }),
  'task.completed': (run, { data, time }) => {
    endTask(run, data.task, 'completed', time);
    changeTask(run, data.task, (task) => {
      if (!task.changedFiles && !task.takenOver && task.progress.kind !== 'no_model')
        task.notes.push({ kind: 'warning', text: nothingSentence(data.because) });
      const outcome = outcomeSentence(data, task.progress.kind === 'no_model' ? 'no_model' : 'model');
      // What a person decided stands there already.
      if (outcome !== undefined && !task.notes.some(({ text }) => text === outcome)) task.notes.push({ kind: 'wait', text: outcome });
    });
  },
  'task.failed': (run, { data: { task: id, error }, time }) => {
    endTask(run, id, 'failed', time);
    changeTask(run, id, (task) => {
      // The error of the last call is not shown twice.
      if (task.notes.at(-1)?.text.endsWith(`: ${error.message}`)) task.notes.pop();
      task.notes.push({ kind: 'failure', text: error.message });
      if (error.hint !== undefined) task.notes.push({ kind: 'failure', text: asStarted(error.hint) });
    });
  },
  'task.skipped': (run, { data, time }) => {
    endTask(run, data.task, 'skipped', time);
    const kind = data.reason === 'condition' ? 'wait' : 'warning';
    changeTask(run, data.task, (task) => task.notes.push({ kind, text: `skipped, because ${reasonOfSkip(data)}` }));
  },
  'task.cancelled': (run, { data, time }) => endTask(run, data.task, 'cancelled', time),
};
