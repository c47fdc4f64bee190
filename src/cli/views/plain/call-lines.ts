import { printableLine } from '../../../utils/printable.ts';
import { fallbackSentence, returnedSentence } from '../../../orchestrator/results/fallback-sentence.ts';
import { leavesSentence } from '../../../orchestrator/results/egress-sentences.ts';
import { callsInTextSentence } from '../../../orchestrator/results/calls-in-text-sentence.ts';
import { replyCutSentence } from '../../../orchestrator/results/reply-cut-sentence.ts';
import { routingSentences } from '../../../orchestrator/routing/routing-sentences.ts';
import { budgetSentence, callTrouble, limitSentence, readingText, remoteSentence, tokensText } from '../event-sentences.ts';
import { taskOfActivity } from '../../../utils/run-id.ts';
import type { PlainHandlers } from './plain-lines.ts';

/** How many problems of a reply are shown. */
const mostProblems = 3;

/** What is told of calls to models: reading, writing, cuts, other servers, where they go. */
export const callLines: PlainHandlers = {
  'prompt.progress': (lines, { data, time }) => {
    const task = taskOfActivity(data.activity);
    if (!lines.due(task, time)) return;
    lines.tell(task, readingText(data));
  },
  'reply.delta': (lines, { data, time }) => {
    const task = taskOfActivity(data.activity);
    if (!lines.due(task, time)) return;
    lines.tell(task, `${data.text === undefined ? 'thinking' : 'writing'}, ${tokensText(data.tokens, data.milliseconds)}`);
  },
  'remote.accepted': (lines, { data }) => lines.tell(taskOfActivity(data.activity), `is at work there as task ${data.remoteTask}`),
  'remote.progress': (lines, { data, time }) => {
    const task = taskOfActivity(data.activity);
    const shown = lines.tasks.get(task);
    const isNew = shown !== undefined && data.stage !== undefined && shown.stage !== data.stage;
    if (isNew) shown.stage = data.stage;
    if (isNew || lines.due(task, time)) lines.tell(task, remoteSentence(data));
  },
  'reply.judged': (lines, { data: { activity, path, problems } }) => {
    if (problems.length > 0) lines.tell(taskOfActivity(activity), `not yet ${path}: ${problems.slice(0, mostProblems).join('; ')}`);
  },
  'reply.cut': (lines, { data }) => lines.tell(taskOfActivity(data.activity), replyCutSentence(data)),
  'task.calls_in_text': (lines, { data }) => lines.tell(data.task, `⚠ ${callsInTextSentence(data)}`),
  'call.sent': (lines, { data: { activity, server } }) => {
    const task = taskOfActivity(activity);
    const shown = lines.tasks.get(task);
    if (shown === undefined || shown.server === server) return;
    lines.tell(task, `${shown.server === undefined ? 'is' : 'continues'} at ${server}`);
    shown.server = server;
  },
  'model.fell_back': (lines, { data }) => {
    const sentence = `⚠ ${fallbackSentence(data)}`;
    if (data.task === undefined) lines.write(`${printableLine(sentence)}\n`);
    else lines.tell(data.task, sentence);
  },
  'model.routed': (lines, { data }) => {
    for (const sentence of routingSentences(data)) lines.write(`${printableLine(sentence)}\n`);
  },
  'model.returned': (lines, { data }) => lines.tell(data.task, returnedSentence(data)),
  'request.sent': (lines, { data }) => {
    if (data.where === 'this_machine' || lines.silent || lines.hosts.has(data.host)) return;
    lines.hosts.add(data.host);
    lines.write(`${printableLine(leavesSentence(data))}\n`);
  },
  'limit.waited': (lines, { data }) => lines.tell(data.task, limitSentence(data)),
  'budget.waited': (lines, { data }) => lines.tell(data.task, budgetSentence),
  'call.priced': (lines, { data }) => lines.money.priced(data),
  'call.ended': (lines, { data }) => {
    lines.money.ended(data);
    const task = taskOfActivity(data.activity);
    const shown = lines.tasks.get(task);
    if (data.error) lines.tell(task, callTrouble(data.call, data.error));
    if (shown !== undefined) shown.trouble = data.error?.message;
    if (shown === undefined || data.usage === undefined) return;
    const { readTokens, cachedTokens, replyTokens, replyMilliseconds } = data.usage;
    shown.read = add(shown.read, readTokens);
    shown.cached = add(shown.cached, cachedTokens);
    shown.written = add(shown.written, replyTokens);
    if (replyTokens !== undefined && replyMilliseconds) shown.speed = (replyTokens / replyMilliseconds) * 1000;
  },
  'prompt_cache.prepared': (lines, { data: { copies, tasks: sharing, server } }) => {
    if (lines.detail !== 'verbose' || copies !== 'kept') return;
    lines.write(`${printableLine(`Copied what ${sharing.join(', ')} share${server === undefined ? '' : ` at ${server}`}`)}\n`);
  },
  'transcript.cut': (lines, { data }) =>
    lines.write(`${printableLine(`Shortened: ${data.reason} Now digests: ${data.cuts.map(({ task }) => task).join(', ')}.`)}\n`),
  'message.sent': (lines, { data }) => {
    if (lines.detail !== 'verbose') return;
    lines.write(`${printableLine(`${data.from} to ${data.to ?? 'everyone'}: ${data.messageType} ${JSON.stringify(data.content)}`)}\n`);
  },
};

function add(sum: number | undefined, value: number | undefined): number | undefined {
  return value === undefined ? sum : (sum ?? 0) + value;
}
