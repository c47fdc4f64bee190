import * as fc from 'fast-check';
import type { ContentPart, TurnMessage } from '../../src/events/content-part.ts';

/** What no other string of a test has. */
const mark = fc.uuid();
const said = fc.string({ minLength: 1, maxLength: 12 });

/** Parts that a message may hold beside text and reasoning, each with a mark that is to be found again wherever the part goes. */
export const anyOtherPart: fc.Arbitrary<{ part: ContentPart; mark: string }> = mark.chain((found) =>
  fc
    .constantFrom<ContentPart>(
      { type: 'tool_call', id: 'c1', name: 'read_file', arguments: JSON.stringify({ found }) },
      { type: 'tool_result', id: 'c1', text: found },
      { type: 'image', mediaType: 'image/png', data: found },
      { type: 'acme:chart', points: [1, 2, { found }] },
      // Of a later version of this program.
      { type: 'audio', data: found } as unknown as ContentPart,
    )
    .map((part) => ({ part, mark: found })),
);

/** Any part. */
export const anyPart: fc.Arbitrary<ContentPart> = fc.oneof(
  said.map((text): ContentPart => ({ type: 'text', text })),
  said.map((text): ContentPart => ({ type: 'reasoning', text })),
  anyOtherPart.map(({ part }) => part),
);

/** The messages of any turn: from a message of the user to one of the assistant. */
export const anyTurn: fc.Arbitrary<TurnMessage[]> = fc
  .array(fc.array(anyPart, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
  .chain((asked) => fc.tuple(...asked.map((content) => fc.tuple(fc.constant(content), fc.array(anyPart, { minLength: 1, maxLength: 4 })))))
  .map((exchanges) =>
    exchanges.flatMap(([user, assistant]): TurnMessage[] => [
      { role: 'user', content: user },
      { role: 'assistant', content: assistant },
    ]),
  );
