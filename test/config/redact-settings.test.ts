import { describe, expect, it } from 'vitest';
import { redactSettings } from '../../src/config/redact-settings.ts';
import { settingsSchema } from '../../src/config/settings-schema.ts';

describe('redactSettings', () => {
  it('masks the key and leaves the settings themselves alone', () => {
    const settings = settingsSchema.parse({ llm_api_key: 'sk-secret' });
    expect(redactSettings(settings)).toEqual({ ...settings, llm_api_key: '[redacted]' });
    expect(settings.llm_api_key).toBe('sk-secret');
  });

  it('shows that no key is set', () => {
    expect(redactSettings(settingsSchema.parse({})).llm_api_key).toBe('not-needed');
  });

  it.each([
    ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1'],
    ['https://me:hunter2@example.com/v1', 'https://[redacted]@example.com/v1'],
    ['https://token@example.com:1/v1?key=hunter2#hunter2', 'https://[redacted]@example.com:1/v1?[redacted]'],
    ['https://example.com/v1#hunter2', 'https://example.com/v1'],
    ['https://example.com/v1?key=123', 'https://example.com/v1?[redacted]'],
    ['http://127.0.0.1:1=2,https://me:hunter2@example.com/v1', 'http://127.0.0.1:1=2,https://[redacted]@example.com/v1'],
  ])('shows of the address %s only host and path', (address, shown) => {
    expect(redactSettings(settingsSchema.parse({ llm_base_url: address })).llm_base_url).toBe(shown);
    const list = settingsSchema.parse({ llm_base_url: [address, { address: 'https://me:hunter2@example.com/v1', weight: 2 }] });
    expect(redactSettings(list).llm_base_url).toEqual([shown, { address: 'https://[redacted]@example.com/v1', weight: 2 }]);
  });
});
