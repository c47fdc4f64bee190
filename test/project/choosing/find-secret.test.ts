import { describe, expect, it } from 'vitest';
import { findSecret } from '../../../src/project/choosing/find-secret.ts';

/** As varied as a key. */
const random = (length: number, alphabet = 'aZ3kQ9xB7mT1vR5cY8nL2wD6hJ4pS0gFqEu') =>
  Array.from({ length }, (_, index) => alphabet[(index * 7 + Math.floor(index / 5)) % alphabet.length]).join('');
const letters = 'aZkQxBmTvRcYnLwDhJpSgFqEu';
const capitals = 'A3KQ9XB7MT1VR5CY8NL2';

describe('finding a secret in a text', () => {
  it.each([
    ['a private key', ['-----BEGIN ', 'PRIVATE KEY-----\n', random(64)]],
    ['a private key', ['"private_key": "-----BEGIN ', 'EC PRIVATE KEY-----', String.raw`\n`, random(64)]],
    ['a private key', ['-----BEGIN ', 'OPENSSH PRIVATE KEY-----\r\n', random(70)]],
    ['an AWS access key', ['AK', 'IA', random(16, capitals)]],
    ['an AWS access key', ['id: AS', 'IA', random(16, capitals), ';']],
    ['a GitHub token', ['ghp', '_', random(36)]],
    ['a GitHub token', ['github_', 'pat_', random(82)]],
    ['a GitLab token', ['glpat', '-', random(20)]],
    ['an npm token', ['//registry/:_authToken=npm', '_', random(36)]],
    ['a PyPI token', ['pypi', '-AgEI', random(80)]],
    ['a Hugging Face token', ['hf', '_', random(34, letters)]],
    ['a Slack token', ['xoxb', '-', random(40)]],
    ['a Google API key', ['AI', 'za', random(35)]],
    ['a Stripe key', ['sk_', 'live_', random(24)]],
    ['an API key', ['sk-', 'proj-', random(48)]],
    ['an API key', ['sk-', 'ant-api03-', random(90)]],
    ['a SendGrid key', ['SG', '.', random(22), '.', random(43)]],
    ['a GitHub token', ['ghp', '_', random(36), '_EXAMPLE']],
    ['a private key', ['-----BEGIN ', 'PRIVATE KEY-----\n', random(30), 'xXxX', random(30)]],
    ['an API key', ['sk-', 'proj-', random(20), '-placeholder-', random(20)]],
    ['an Azure storage key', ['AccountKey', '=', random(86), '==']],
  ])('sees %s: %j', (what, parts) => {
    expect(findSecret(`first\nsecond ${parts.join('')} third\n`)).toEqual({ what, line: 2 });
  });

  it.each([
    ['nothing', 'x = 1\n'],
    ['a header alone', '-----BEGIN PRIVATE KEY-----\n...\n'],
    ['a public key', `-----BEGIN PUBLIC KEY-----\n${random(64)}\n`],
    ['the example of AWS', 'AKIAIOSFODNN7EXAMPLE'],
    ['a placeholder', `ghp_${'x'.repeat(36)}`],
    ['words in place of a key', 'sk-proj-your-api-key-goes-here-xxxxxxxxxxxx'],
    ['an example in words', 'ghp_EXAMPLE_TOKEN_PLACEHOLDER_NOT_REAL_XXXX'],
    ['a key that is replaced by a word', `-----BEGIN PRIVATE KEY-----\n${'EXAMPLE'.repeat(6)}\n`],
    ['a repeated letter', `npm_${'a'.repeat(36)}`],
    ['a test key of Stripe', `sk_test_${random(24)}`],
    ['a name in code', 'const ghp_token = readToken(); // npm_config_registry'],
    ['a hash', random(64, '0123456789abcdef')],
  ])('does not take %s for one', (_, text) => {
    expect(findSecret(text)).toBeUndefined();
  });
});
