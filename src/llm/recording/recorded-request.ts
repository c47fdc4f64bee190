import { hashContent } from '../../utils/hash-content.ts';
import { redactSecrets } from '../../utils/redact-secrets.ts';
import type { ChatMessage, ChatRequest } from '../chat-model.ts';
import type { RecordedRequest } from './recording-lines.ts';

export interface RecordedRequestOptions {
  model: string;
  request: ChatRequest;
  /** Masked wherever they occur, as is whatever looks like a secret. */
  secrets: readonly string[];
}

/** A request as a recording keeps it and a replay compares it: both mask the same. */
export function recordedRequest({ model, request, secrets }: RecordedRequestOptions): RecordedRequest {
  const { messages, maxTokens, sampling, format, tools } = request;
  const plain = redactSecrets({ model, messages, maxTokens, sampling, format, tools }, { secrets });
  // Through JSON, so that undefined fields are absent, as in a recording that was read.
  return JSON.parse(JSON.stringify(plain)) as RecordedRequest;
}

/** The key of a count. */
export function messagesDigest(messages: ChatMessage[], secrets: readonly string[]): string {
  return hashContent(JSON.stringify(redactSecrets(messages, { secrets })));
}
