import { describe, expect, it } from 'vitest';
import { HeldPrompts } from '../../../src/llm/several-servers/held-prompts.ts';
import { message } from '../model-on-fake.ts';

const system = message('system', 'You are a team.');
const first = [system, message('user', 'Design it.')];
const second = [...first, message('assistant', 'A design.'), message('user', 'Build it.')];

describe('HeldPrompts', () => {
  it('holds what a slot read and what it replied', () => {
    const prompts = new HeldPrompts(1);
    expect(prompts.held(second)).toBe(0);
    prompts.take(first).free('A design.');
    expect(prompts.held(second)).toBe('You are a team.Design it.A design.'.length);
    expect(prompts.held([system, message('user', 'Destroy it.')])).toBe('You are a team.Des'.length);
  });

  it('holds nothing for others while the slot is taken', () => {
    const prompts = new HeldPrompts(2);
    const slot = prompts.take(first);
    expect(prompts.held(second)).toBe(0);
    slot.free('');
    expect(prompts.held(second)).toBeGreaterThan(0);
  });

  it('joins a continued reply to what stood in the prompt', () => {
    const prompts = new HeldPrompts(1);
    prompts.take([...first, message('assistant', 'A de')]).free('sign.');
    expect(prompts.held(second)).toBe('You are a team.Design it.A design.'.length);
  });

  it('holds as many prompts as there are slots: what was used least recently goes', () => {
    const prompts = new HeldPrompts(2);
    const of = (text: string) => [message('user', text)];
    for (const text of ['alpha', 'beta', 'gamma']) prompts.take(of(text)).free('');
    expect(['alpha', 'beta', 'gamma'].map((text) => prompts.held(of(text)))).toEqual([0, 'beta'.length, 'gamma'.length]);
  });

  it('has the slot that holds most go on, and leaves the others', () => {
    const prompts = new HeldPrompts(2);
    const other = [message('user', 'Else.')];
    prompts.take(first).free('A design.');
    prompts.take(other).free('');
    prompts.take(second).free('Built.');
    expect(prompts.held(other)).toBe('Else.'.length);
    expect(prompts.held([...second, message('assistant', 'Built.'), message('user', 'Test it.')])).toBe(
      'You are a team.Design it.A design.Build it.Built.'.length,
    );
  });
});
