import { budgetSentence, callTrouble, limitSentence, remoteSentence } from '../event-sentences.ts';
import { sumUsage } from '../../../events/sum-usage.ts';
import { fallbackSentence, returnedSentence } from '../../../orchestrator/results/fallback-sentence.ts';
import { leavesSentence } from '../../../orchestrator/results/egress-sentences.ts';
import { callsInTextSentence } from '../../../orchestrator/results/calls-in-text-sentence.ts';
import { replyCutSentence } from '../../../orchestrator/results/reply-cut-sentence.ts';
import { routingSentences } from '../../../orchestrator/routing/routing-sentences.ts';
import { taskOfActivity } from '../../../utils/run-id.ts';
import { changeTask, type LiveHandlers, saidEnd, saidWith } from './live-run.ts';

/** What it learns about calls to models. */
export const liveCallEvents: LiveHandlers = {
  'prompt.progress': (run, { data: { activity, processed, total, cached } }) =>
    changeTask(run, taskOfActivity(activity), (task) => (task.progress = { kind: 'reading', processed, total, cached })),
  'reply.delta': (run, { data: { activity, text, tokens, milliseconds } }) =>
    changeTask(run, taskOfActivity(activity), (task) => {
      task.progress = { kind: text === undefined ? 'thinking' : 'writing', tokens, milliseconds };
      if (text !== undefined) task.said = saidWith(task, activity, text);
    }),
  'remote.progress': (run, { data: { activity, ...progress } }) =>
    changeTask(run, taskOfActivity(activity), (task) => (task.progress = { kind: 'remote', text: remoteSentence(progress) })),
  'reply.cut': (run, { data }) =>
    changeTask(run, taskOfActivity(data.activity), (task) => {
      task.notes.push({ kind: 'warning', text: replyCutSentence(data) });
      // What is kept of it was shown before.
      task.said = saidEnd(data.activity, '');
    }),
  'task.calls_in_text': (run, { data }) =>
    changeTask(run, data.task, (task) => task.notes.push({ kind: 'warning', text: callsInTextSentence(data) })),
  'call.sent': (run, { data: { activity, server } }) =>
    changeTask(run, taskOfActivity(activity), (task) => {
      if (task.server !== undefined && task.server !== server) task.notes.push({ kind: 'warning', text: `continues at ${server}` });
      task.server = server;
    }),
  'model.fell_back': (run, { data }) => {
    if (data.task === undefined) run.notes.push(`⚠ ${fallbackSentence(data)}`);
    else changeTask(run, data.task, (task) => task.notes.push({ kind: 'warning', text: fallbackSentence(data) }));
  },
  'model.routed': (run, { data }) => void run.notes.push(...routingSentences(data)),
  'model.returned': (run, { data }) =>
    changeTask(run, data.task, (task) => task.notes.push({ kind: 'wait', text: returnedSentence(data) })),
  'request.sent': (run, { data }) => {
    const sentence = leavesSentence(data);
    if (data.where !== 'this_machine' && !run.notes.includes(sentence)) run.notes.push(sentence);
  },
  'limit.waited': (run, { data }) => changeTask(run, data.task, (task) => task.notes.push({ kind: 'wait', text: limitSentence(data) })),
  'budget.waited': (run, { data }) => changeTask(run, data.task, (task) => task.notes.push({ kind: 'wait', text: budgetSentence })),
  'call.priced': (run, { data }) => run.money.priced(data),
  'call.ended': (run, { data }) => {
    const { activity, call, usage, error } = data;
    run.money.ended(data);
    changeTask(run, taskOfActivity(activity), (task) => {
      task.cost = run.money.of(task.id);
      if (usage !== undefined) task.usage = sumUsage(task.usage, usage);
      if (error !== undefined) task.notes.push({ kind: 'warning', text: callTrouble(call, error) });
    });
  },
  'transcript.cut': (run, { data: { reason, cuts } }) =>
    void run.notes.push(`Shortened: ${reason} Now digests: ${cuts.map(({ task }) => task).join(', ')}.`),
};
