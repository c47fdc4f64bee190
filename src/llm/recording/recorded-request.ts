import { hashContent } from '../../utils/hash-content.ts';
import { redactSecrets } from '../../utils/redact-secrets.ts';
import type { ChatMessage, ChatRequest } from '../chat-model.ts';
import type { RecordedRequest } from './recording-lines.ts';

export interface RecordedRequestOptions {
  model: string;
  request: ChatRequest;
  /** Masked wherever they stand; whatever looks like a secret is masked besides. */
  secrets: readonly string[];
}

/** A request as a recording keeps it, and as a replay compares it: both mask alike. */
export function recordedRequest({ model, request, secrets }: RecordedRequestOptions): RecordedRequest {
  const { messages, maxTokens, sampling, format } = request;
  const plain = redactSecrets({ model, messages, maxTokens, sampling, format }, { secrets });
  // Through JSON, so that what is undefined is absent, as in a recording that was read.
  return JSON.parse(JSON.stringify(plain)) as RecordedRequest;
}

/** What a count is found by. */
export function messagesDigest(messages: ChatMessage[], secrets: readonly string[]): string {
  return hashContent(JSON.stringify(redactSecrets(messages, { secrets })));
}
