import { onTestFinished } from 'vitest';
import type { ModelConnection } from '../../../src/llm/model-connection.ts';
import { findProvider } from '../../../src/llm/providers/provider-registry.ts';
import type { ConnectProviderOptions } from '../../../src/llm/providers/provider.ts';
import { instantClock } from '../../support/instant-clock.ts';

/** A connection to the provider `work` of this kind, closed at the end of the test. */
export async function connectWork(kind: string, options: Partial<ConnectProviderOptions>): Promise<ModelConnection> {
  const connection = await findProvider(kind, 'work').connect({
    name: 'work',
    apiKey: 'key-of-work',
    remote: 'refused',
    timeoutMilliseconds: 60_000,
    clock: instantClock(),
    ...options,
  });
  onTestFinished(() => connection.close());
  return connection;
}

/** What it was refused with, as one text: message and hint. */
export async function refusal(connecting: Promise<unknown>): Promise<{ code: string; kind?: string; text: string }> {
  const error = await connecting.then(
    () => undefined,
    (thrown: unknown) => thrown as { code: string; kind?: string; message: string; hint?: string },
  );
  if (error === undefined) throw new Error('it was not refused');
  return { code: error.code, ...(error.kind === undefined ? {} : { kind: error.kind }), text: `${error.message}\n${error.hint}` };
}
