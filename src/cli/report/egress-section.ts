import { html } from './html.ts';
import { type SectionOf, table } from './section.ts';
import { brief, count } from './words.ts';

/** What left this machine. */
export const egressSection: SectionOf = ({ result: { egress, fallbacks } }) => {
  const body = html`<ul>
      ${egress.sentences.map((sentence) => html`<li>${brief(sentence, 500)}</li>`)}${fallbacks
        .slice(0, 100)
        .map(
          ({ task, from, to, why }) =>
            html`<li>
              ${brief(to, 80)} stood in for ${brief(from, 80)}${task === null ? '' : ` in ${brief(task, 80)}`}: ${brief(why, 300)}
            </li>`,
        )}
    </ul>
    ${egress.hosts.length === 0 ? '' : table({ caption: 'By host', head: ['Host', 'Where', '#Requests', '#Bytes', '#Tokens'], rows: egress.hosts.slice(0, 100).map(({ host, where, requests, bytes, tokens }) => [brief(host, 120), where.replaceAll('_', ' '), count(requests), count(bytes), count(tokens)]) })}`;
  return { id: 'egress', title: 'Where the words went', body, none: '' };
};
