import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standardEvents } from '../../../src/events/event-registry.ts';
import type { ChatMessage } from '../../../src/llm/chat-model.ts';
import { estimatePromptTokens } from '../../../src/llm/budget/estimate-tokens.ts';
import { partsBesideText, textMessage } from '../../../src/llm/chat/chat-message-text.ts';
import { messageParams, wireMessages } from '../../../src/llm/chat/wire-messages.ts';
import { recordedRequest } from '../../../src/llm/recording/recorded-request.ts';
import { recordingLineSchema } from '../../../src/llm/recording/recording-lines.ts';
import { requestDifference } from '../../../src/llm/recording/request-difference.ts';
import { withContinueTurn } from '../../../src/llm/reply/continue-turn.ts';
import { transcriptText } from '../../../src/llm/slots/transcript-text.ts';
import { renderTranscript, shownTurn } from '../../../src/llm/transcript.ts';
import { decodeEvent, encodeEvent } from '../../../src/state/store/event-row.ts';
import { applyEvent, type RunState } from '../../../src/state/run/run-state.ts';
import { turnOf } from '../../../src/state/run/turn-of.ts';
import { numbered } from '../../state/run/random-history.ts';
import { newEvent, runStarted, taskAdded } from '../../state/store/sample-events.ts';
import { anyOtherPart } from '../../support/any-content.ts';

const input = { requirement: 'r', files: [] };
const without: ChatMessage = textMessage('user', 'Look.');
const withPart = (part: ChatMessage['content'][number]): ChatMessage => ({ role: 'user', content: [...without.content, part] });

/** What a message becomes on its way to a model, into a recording and into a journal. Each has to hold the part. */
const helpers: [string, (messages: ChatMessage[]) => unknown][] = [
  ['posting', (messages) => wireMessages(messages)],
  ['posting to a server that takes no system message', (messages) => wireMessages(messages, { system: 'in_user', reasoning: 'left_out' })],
  ['showing', (messages) => messages.flatMap(messageParams)],
  ['the text extraction', (messages) => messages.flatMap(partsBesideText)],
  ['comparing what a slot holds', (messages) => transcriptText('m', messages)],
  ['asking to continue', (messages) => withContinueTurn(messages)],
  [
    'the transcript',
    (messages) => renderTranscript({ system: 's', input, turns: [{ task: 'a', messages: turnWith(messages) }], message: 'm' }),
  ],
  ['a turn as it is shown', (messages) => shownTurn('a', turnWith(messages), { reasoning: 'leave_out' })],
  ['recording', (messages) => throughRecording(messages)],
  ['the journal', (messages) => throughJournal(messages)],
];

describe('a part that this program knows nothing of', () => {
  test.each(helpers)('is not dropped by %s', (_, help) => {
    fc.assert(
      fc.property(anyOtherPart, ({ part, mark }) => {
        expect(JSON.stringify(help([withPart(part)]))).toContain(mark);
      }),
    );
  });

  test('is counted', () => {
    fc.assert(
      fc.property(anyOtherPart, ({ part }) => {
        expect(estimatePromptTokens([withPart(part)])).toBeGreaterThan(estimatePromptTokens([without]));
      }),
    );
  });

  test('makes a difference between requests, which a replay tells', () => {
    fc.assert(
      fc.property(anyOtherPart, ({ part }) => {
        expect(requestDifference(recorded([without]), recorded([withPart(part)]))).toContain('message 1 (user)');
      }),
    );
  });
});

describe('what a tool was asked and what came of it', () => {
  test('are messages of their own where they are posted, and the call is no empty reply', () => {
    const messages: ChatMessage[] = [
      textMessage('user', 'What is in a.py?'),
      { role: 'assistant', content: [{ type: 'tool_call', id: 'c1', name: 'read_file', arguments: '{"path":"a.py"}' }] },
      { role: 'user', content: [{ type: 'tool_result', id: 'c1', text: 'x = 1' }] },
      textMessage('assistant', 'One assignment.'),
      {
        role: 'user',
        content: [
          { type: 'text', text: 'And here?' },
          { type: 'image', mediaType: 'image/png', data: 'AAAA' },
        ],
      },
    ];
    expect(wireMessages(messages)).toEqual([
      { role: 'user', content: 'What is in a.py?' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'read_file', arguments: '{"path":"a.py"}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'x = 1' },
      { role: 'assistant', content: 'One assignment.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'And here?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        ],
      },
    ]);
  });
});

function turnWith(messages: ChatMessage[]) {
  return [{ role: 'user' as const, content: messages.flatMap(({ content }) => content) }, textMessage('assistant', 'Seen.')];
}

function recorded(messages: ChatMessage[]) {
  return recordedRequest({ model: 'm', request: { messages }, secrets: [] });
}

function throughRecording(messages: ChatMessage[]): unknown {
  return recordingLineSchema.parse({ type: 'exchange', request: recorded(messages), parts: [] });
}

/** What the fold of a stored turn gives. */
function throughJournal(messages: ChatMessage[]): unknown {
  const registry = standardEvents();
  const events = [runStarted(), taskAdded('a', 1), newEvent('task.completed', { task: 'a', turn: turnWith(messages) })];
  let state: RunState | undefined;
  for (const event of numbered(events)) {
    const { type, json } = encodeEvent(event, 'run:r1', registry);
    const { stream, sequence, position, time, version, actor, correlation } = event;
    const row = { stream, sequence, position, time, version, actor, correlation, causation: null, type, data: json };
    state = applyEvent(state, decodeEvent(row, 'journal', registry));
  }
  return state && turnOf('a', state);
}
