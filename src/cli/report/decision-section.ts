import { diffHtml } from './file-section.ts';
import { html } from './html.ts';
import { folded, type SectionOf } from './section.ts';
import { brief, moment } from './words.ts';

/** What people were asked, and what they decided. */
export const decisionSection: SectionOf = ({ steps }, room) => {
  const asked = room.first(
    steps.filter(({ question, decisions }) => question !== null || decisions.length > 0),
    200,
    'steps that asked people',
  );
  const diffs = room.fit(
    asked.map(({ question }) => question?.diff ?? ''),
    (text) => (text === '' ? html`` : diffHtml(text)),
    { whole: 150_000, what: 'diffs that people were shown' },
  );
  const body = html`<ul>
    ${asked.map(
      ({ task, question, decisions }, index) =>
        html`<li>
          <strong>${brief(task, 120)}</strong
          >${question === null ? '' : html` asked: <q>${brief(question.ask, 1_000)}</q>${question.isOpen ? ' Nobody has decided.' : ''}`}
          <ul>
            ${decisions.slice(-20).map(({ time, sentence }) => html`<li>${moment(time)}: ${brief(sentence, 2_000)}</li>`)}
          </ul>
          ${question === null || question.diff === '' ? '' : folded('What was shown', diffs[index]?.html)}
        </li>`,
    )}
  </ul>`;
  return { id: 'decisions', title: 'Decisions of people', body: asked.length === 0 ? undefined : body, none: 'Nobody was asked anything.' };
};
