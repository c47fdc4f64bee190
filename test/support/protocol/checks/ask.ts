import { at, type Json, type ProtocolClient } from '../protocol-client.ts';

/** A chat that every server of the table answers with more than a few tokens. */
export const ask = {
  messages: [
    { role: 'system', content: 'You are a software team.' },
    {
      role: 'user',
      content: '# Requirement\n\nA coupon store in Python\n\n# Step 1 of 6: requirements_analysis\n\nYou act as the Business Analyst.',
    },
  ],
};

export async function wholeText(client: ProtocolClient, more: Json = {}): Promise<string> {
  const { body } = await client.chat({ ...ask, ...more });
  return String(at(body, 'choices', 0, 'message', 'content'));
}

/** Tokens that one slot holds. */
export async function slotContext(client: ProtocolClient): Promise<number> {
  return Number(at((await client.get('/props')).body, 'default_generation_settings', 'n_ctx'));
}

/** A prompt that no slot holds. */
export async function tooLong(client: ProtocolClient): Promise<Json> {
  return { messages: [{ role: 'user', content: 'a b '.repeat(await slotContext(client)) }] };
}
