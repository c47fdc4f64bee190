import { describe, expect, test } from 'vitest';
import { anthropicChecks, askAnthropic } from './checks/anthropic-checks.ts';
import { cacheChecks } from './checks/cache-checks.ts';
import { chatChecks } from './checks/chat-checks.ts';
import { informationChecks } from './checks/information-checks.ts';
import { refusalChecks } from './checks/refusal-checks.ts';
import type { ProtocolCheck, ServerKind } from './protocol-check.ts';
import { ProtocolClient } from './protocol-client.ts';

/** Everything that the product relies on in a llama-server, by topic. The page docs/protocol.md is written from it. */
export const protocolChecks: Readonly<Record<string, readonly ProtocolCheck[]>> = {
  Information: informationChecks,
  Chat: chatChecks,
  'Prompt cache and counts': cacheChecks,
  'Errors and cancelling': refusalChecks,
};

/** Holds a server against the table. It has one slot, which nobody else uses meanwhile. */
export function testProtocol(kind: ServerKind, address: () => string): void {
  for (const [topic, checks] of Object.entries(protocolChecks)) {
    describe(`${kind}: ${topic}`, () => {
      test.each(checks)('$name: $promise', async ({ observe, expected, differences }) => {
        const difference = kind === 'llama-server' ? undefined : differences?.[kind];
        expect(await observe(new ProtocolClient(address()))).toEqual(difference === undefined ? expected : difference.expected);
      });
    });
  }
}

/** Holds a server against what the provider `anthropic` relies on. @param origin Without `/v1`. */
export function testAnthropicProtocol(kind: string, origin: () => string): void {
  describe(`${kind}: the protocol of Anthropic`, () => {
    test.each(anthropicChecks)('$name: $promise', async ({ observe, expected }) => {
      expect(await observe(askAnthropic(origin()))).toEqual(expected);
    });
  });
}
