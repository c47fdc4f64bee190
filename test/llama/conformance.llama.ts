import { inject } from 'vitest';
import { testAnthropicProtocol, testProtocol } from '../support/protocol/conformance.ts';

testProtocol('llama-server', () => inject('llamaAddress'));
testAnthropicProtocol('llama-server', () => new URL(inject('llamaAddress')).origin);
