import { expect, it } from 'vitest';
import { makeRoom } from '../../../src/orchestrator/conversation/make-room.ts';
import { variedWords } from '../../support/varied-words.ts';
import { analysis, teamWithSteps } from '../step-kinds/team-with-steps.ts';

it('cuts the replies of superseded iterations of a loop first, whoever rests on them, and those of its last one like all others', async () => {
  const rounds = {
    id: 'rounds',
    kind: 'loop',
    description: 'Look again.',
    until: 'iteration == 2',
    steps: [analysis('look'), analysis('think', ['look'], 'technical_feasibility')],
    depends_on: ['first'],
  };
  let count = 0;
  const reply = () => `# Notes\n\n${variedWords((count += 1), 100)}`;
  const { run, orchestrator } = await teamWithSteps(
    [analysis('first', [], 'triage'), rounds, analysis('after', ['rounds'], 'final_analysis')] as never,
    { server: { reply } },
  );
  const result = await run();
  expect(result.error).toBe(null);
  const state = await orchestrator.loadRun(result.workflow_id);
  const turns = state.turnOrder.filter((task) => task !== 'after');
  const cut = (excessTokens: number) =>
    makeRoom({ state, task: 'after', turns, excessTokens, tokensOf: (text) => text.length })?.data.cuts.map(({ task }) => task);
  expect(cut(1)).toEqual(['rounds/1/look']);
  expect(cut(100_000)?.slice(0, 2)).toEqual(['rounds/1/look', 'rounds/1/think']);
  expect(cut(100_000)).toHaveLength(5);
});
