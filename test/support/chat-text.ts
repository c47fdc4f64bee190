import type { RequestRecord } from './fake-llama-server/request-record.ts';

/** All messages of a chat request as one text. */
export function chatText(request: Pick<RequestRecord, 'messages'> | undefined): string {
  return (request?.messages ?? []).map(({ content }) => content).join('\n\n');
}
