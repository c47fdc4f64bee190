import type { ReportedReply, ReportedStep } from '../../operations/report/reported-step.ts';
import { formatDuration } from '../views/format-time.ts';
import { html, type Html } from './html.ts';
import { markdown } from './markdown.ts';
import type { FittedText, Room } from './room.ts';
import type { SectionOf } from './section.ts';
import { anchors, brief, count, counted, marks, spoken } from './words.ts';

/** Every step with its replies. */
export const stepSection: SectionOf = (report, room) => {
  const { steps, result } = report;
  const shown = room.first(steps, 2_500, 'steps with their replies');
  if (steps.some(({ isPrivate }) => isPrivate))
    room.left.push('What was said in private steps, and the files that these wrote, are not on this page.');
  const replies = fittedReplies(shown, room);
  const placeOf = anchors(report);
  const body = html`<p class="quiet">
      Each step opens where it is pressed. A reply as the model wrote it:
      <code>multiagent show ${result.workflow_id} --reply &lt;step&gt;</code>; what it was asked: <code>--prompt</code>; what it thought
      before: <code>--reasoning</code>.
    </p>
    ${shown.map((step) => entry(step, { place: placeOf.get(step.task) ?? '', replies: replies.get(step) ?? [], run: result.workflow_id }))}`;
  return { id: 'replies', title: 'Replies', body: shown.length === 0 ? undefined : body, none: 'The run has no steps.' };
};

function fittedReplies(steps: readonly ReportedStep[], room: Room): Map<ReportedStep, FittedText[]> {
  const all = steps.flatMap((step) => step.replies.map((reply) => ({ step, reply })));
  const fitted = room.fit(
    all.map(({ reply }) => reply.text),
    (text, index) => markdown(text, labelsOf(all[index]?.reply)),
    { whole: 1_800_000, what: 'replies' },
  );
  const byStep = new Map<ReportedStep, FittedText[]>();
  for (const [index, { step }] of all.entries()) byStep.set(step, [...(byStep.get(step) ?? []), ...fitted.slice(index, index + 1)]);
  return byStep;
}

const became = {
  created: 'became the file',
  updated: 'changed the file',
  unchanged: 'is the file, which was so already,',
  removed: 'removed the file',
  refused: 'was not written:',
};

/** What a block of code of a reply became, by what it says: a block that is indented or in a list has another place in the text than its words. */
function labelsOf(reply: ReportedReply | undefined): (code: string) => string | undefined {
  const byText = new Map(
    (reply?.blocks ?? []).map((block) => [reply?.text.slice(block.from, block.to).replaceAll('\r\n', '\n').trim(), block]),
  );
  return (code) => {
    const block = byText.get(code.trim());
    return block === undefined ? undefined : `This ${became[block.became]} ${brief(block.path, 200)}`;
  };
}

interface EntryOptions {
  place: string;
  replies: readonly FittedText[];
  run: string;
}

function entry(step: ReportedStep, { place, replies, run }: EntryOptions): Html {
  const who = step.role === '' ? step.kind : spoken(step.role);
  const written = step.replies.reduce((sum, { usage }) => sum + (usage.replyTokens ?? 0), 0);
  const facts = [
    step.isTakenOver ? 'taken over' : step.status,
    who,
    ...(step.seconds === null || step.isTakenOver ? [] : [formatDuration(step.seconds * 1000)]),
    ...(written === 0 ? [] : [`${count(written)} tokens written`]),
    ...(step.attempts > 1 ? [`${step.attempts} attempts`] : []),
  ];
  return html`<details class="step" ${step.status === 'failed' ? html` open` : ''}>
    <summary>
      <h3><span class="${step.status}">${marks[step.status] ?? ''}</span> ${step.number}. ${brief(step.task, 120)}</h3>
      <span class="quiet">${facts.join(', ')}</span>
    </summary>
    <div class="in" id="${place}">
      <p>${brief(step.description, 400)}</p>
      ${
        step.dependsOn.length === 0
          ? ''
          : html`<p class="quiet">
              After
              ${step.dependsOn
                .slice(0, 20)
                .map((name) => brief(name, 80))
                .join(', ')}${step.dependsOn.length > 20 ? ` and ${step.dependsOn.length - 20} more` : ''}.
            </p>`
      }${
        step.outcome === null
          ? ''
          : html`<p>${brief(step.outcome.sentence, 500)}</p>
              <ul>
                ${step.outcome.findings.slice(0, 20).map((finding) => html`<li>${brief(finding, 500)}</li>`)}
              </ul>`
      }${step.error === null ? '' : html`<p class="failed">${brief(step.error.message, 1_000)}</p>`}${step.skipped === null ? '' : html`<p>Skipped, because ${brief(step.skipped, 300)}.</p>`}${
        step.isPrivate
          ? html`<p>
              This step is private: what was said in it is not on this page.
              <code>multiagent show ${run} --reply ${brief(step.task, 120)}</code>
            </p>`
          : ''
      }${step.replies.map((reply, index) => replyEntry(reply, { index, of: step, shown: replies[index], run }))}
    </div>
  </details> `;
}

interface ReplyOptions {
  index: number;
  of: ReportedStep;
  shown: FittedText | undefined;
  run: string;
}

function replyEntry(reply: ReportedReply, { index, of, shown, run }: ReplyOptions): Html {
  const { usage } = reply;
  const facts = [
    ...(usage.readTokens === undefined ? [] : [`${count(usage.readTokens)} tokens read`]),
    ...(usage.cachedTokens === undefined ? [] : [`${count(usage.cachedTokens)} from the cache`]),
    ...(usage.replyTokens === undefined ? [] : [`${count(usage.replyTokens)} written`]),
    ...(reply.calls > 1 ? [`${reply.calls} calls`] : []),
    ...(reply.finishReason === null || reply.finishReason === 'stop' ? [] : [`ended by ${brief(reply.finishReason, 40)}`]),
    ...(reply.reasoned === 0 ? [] : [`after ${count(reply.reasoned)} characters of reasoning`]),
    ...(reply.isSuperseded ? ['of an earlier try, which no longer counts'] : []),
    ...(reply.status === 'completed' ? [] : [reply.status === 'failed' ? 'failed' : 'not complete']),
  ];
  const name = of.replies.length === 1 ? 'Reply' : `Reply ${index + 1} of ${of.replies.length}`;
  const left = reply.text.length - (shown?.shown ?? 0);
  const blocks = reply.blocks.slice(0, 40);
  return html`<article aria-label="${name}">
    <p class="quiet"><strong>${name}</strong>${facts.length === 0 ? '' : `: ${facts.join(', ')}`}</p>
    ${
      reply.error === null ? '' : html`<p class="failed">${brief(reply.error.message, 500)}</p>`
    }${blocks.length === 0 ? '' : html`<p class="quiet">Of it: ${blocks.map(({ became: how, path }) => `${brief(path, 120)} (${how})`).join(', ')}${reply.blocks.length > 40 ? ` and ${reply.blocks.length - 40} more` : ''}</p>`}
    <div class="reply" dir="auto">${shown?.html}</div>
    ${
      left <= 0
        ? ''
        : html`<p class="quiet">${counted(left, 'more character')}: <code>multiagent show ${run} --reply ${brief(of.task, 120)}</code></p>`
    }
  </article>`;
}
