import { inject } from 'vitest';
import { testProtocol } from '../support/protocol/conformance.ts';

testProtocol('llama-server', () => inject('llamaAddress'));
