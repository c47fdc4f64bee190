import { html } from './html.ts';
import { folded, type SectionOf } from './section.ts';
import { brief, counted, moment } from './words.ts';

/** What the agents told each other. */
export const messageSection: SectionOf = ({ messages }, room) => {
  const shown = room.first(messages, 300, 'messages');
  const body = folded(
    counted(messages.length, 'message'),
    html`<ul>
      ${shown.map(({ time, from, to, type, content }) => html`<li>${moment(time)} ${brief(from, 60)} to ${brief(to ?? 'everyone', 60)}: ${brief(type, 60)} <code>${brief(content, 300)}</code></li>`)}
    </ul>`,
  );
  return { id: 'messages', title: 'Messages', body: messages.length === 0 ? undefined : body, none: 'The agents told each other nothing.' };
};
