import { expect, it } from 'vitest';
import { checkClass } from '../../../src/operations/doctor/check-class.ts';
import { findModelProfile } from '../../../src/llm/profile/model-profile.ts';

it.each([
  [
    'qwen2.5-coder-1.5b-instruct',
    /small model, because its name states 1\.5 billion.*one file at a time, at most \d+ times.*current files/,
  ],
  ['some-coder-7b', /medium model, because its name states 7 billion.*full instructions, and sees what was said before/],
  ['devstral', /large model, because its name states no size/],
])('says what %s is taken for, why, and what follows', (name, expected) => {
  expect(checkClass(findModelProfile(name)).message).toMatch(expected);
});

it("tells what a profile of one's own makes of it", () => {
  const profile = findModelProfile('mine-1b', [{ match: 'mine', instructions: 'brief', layout: 'material', attempts: 1 }]);
  expect(checkClass(profile).message).toMatch(/small model.*gets brief instructions, and sees the current files and colleagues' documents/);
});
