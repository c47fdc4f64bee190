import { describe, expect, it } from 'vitest';
import { completeSettings } from '../../src/config/complete-settings.ts';
import { settingsSchema } from '../../src/config/settings-schema.ts';

describe('completeSettings', () => {
  it('fills in the defaults of what a program leaves out, and accepts both forms of role settings', () => {
    const settings = completeSettings({ llm_max_retries: 1, agents: { developer: { languages: ['Python'] } } } as never);
    expect(settings.llm_max_retries).toBe(1);
    expect(settings.llm_timeout).toBe(300);
    expect(settings.agents['developer']?.config.languages).toEqual(['Python']);
  });

  it('gives complete settings back as they are', () => {
    const settings = settingsSchema.parse({ workspace: '/somewhere', model_profiles: [{ match: 'x', temperature: 0.3 }] });
    expect(completeSettings(settings)).toEqual(settings);
  });

  it('names every problem at once', () => {
    expect(() => completeSettings({ llm_timeot: 3, llm_max_retries: -1 } as never)).toThrow(/llm_timeot.*llm_timeout.*llm_max_retries/s);
  });
});
