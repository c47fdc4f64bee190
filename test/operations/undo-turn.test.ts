import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyRun, previewApply } from '../../src/operations/apply-run.ts';
import { findSession, headOfSession, runOfTurn } from '../../src/operations/sessions.ts';
import { beginSession, takeTurn } from '../../src/operations/take-turn.ts';
import { undoTurn } from '../../src/operations/undo-turn.ts';
import { teamOnFake } from '../support/team-on-fake.ts';

const file = (rate: number) => `Here it is.\n\n\`\`\`python:rate.py\nRATE = ${rate}\n\`\`\`\n`;
const words = 'The rate stands in the first line of rate.py, where you can change it.\n';

/** A session of which every turn is applied as soon as it is taken. */
async function sessionOf(...replies: string[]) {
  let asked = 0;
  const team = await teamOnFake({ server: { contextTokens: 32_768, reply: () => replies[asked++] ?? words } });
  const { orchestrator } = team;
  const { workspace, outputFolder, ownRuns, clock, store, settings } = orchestrator;
  const place = { workspace, outputFolder, ownRuns, clock, store, settings };
  const runs: string[] = [];
  const take = async (from: string | undefined, session: 'same' | 'new' = 'same') => {
    const message = `Message ${asked + 1}.`;
    const started = from === undefined ? beginSession(orchestrator, { message }) : await takeTurn(orchestrator, from, { message, session });
    await started.result;
    await applyRun(place, await previewApply(place, started.id), { trust: true });
    return started.id;
  };
  for (let turn = 0; turn < replies.length; turn += 1) runs.push(await take(runs.at(-1)));
  const path = join(orchestrator.workspace, 'rate.py');
  return { orchestrator, place, runs, take, path, rate: () => readFileSync(path, 'utf8') };
}

const trust = { trust: true };

describe('taking turns back', () => {
  it('goes on from the turn before, from which it can be done again', async () => {
    const { place, runs, rate } = await sessionOf(file(19), words, file(20));
    const third = await undoTurn(place, runs[2]!, trust);
    expect([third, rate()]).toEqual([{ what: 'turn', files: ['rate.py'], run: runs[1] }, 'RATE = 19\n']);
    expect(await undoTurn(place, third.run, trust)).toEqual({ what: 'turn', files: [], run: runs[0] });
    expect(await headOfSession(place, await findSession(place))).toBe(runs[0]);
    const first = await undoTurn(place, runs[0]!, trust);
    expect(first).toEqual({ what: 'turn', files: ['rate.py'], run: runs[0] });
    await expect(undoTurn(place, first.run, trust)).rejects.toMatchObject({ code: 'undo.nothing' });
    expect(await headOfSession(place, await findSession(place))).toBe(runs[0]);
  });

  it('keeps what a person has edited meanwhile, and with it the turn', async () => {
    const { place, runs, path, rate } = await sessionOf(file(19), file(20));
    writeFileSync(path, 'RATE = 20 # mine\n');
    await expect(undoTurn(place, runs[1]!, trust)).rejects.toMatchObject({ code: 'undo.edited' });
    expect([rate(), await headOfSession(place, await findSession(place))]).toEqual(['RATE = 20 # mine\n', runs[1]]);
  });

  it('stays within a session that was forked from another one', async () => {
    const { place, runs, take } = await sessionOf(file(19));
    const fork = await take(runs[0], 'new');
    expect(await undoTurn(place, fork, trust)).toEqual({ what: 'turn', files: [], run: fork });
    await expect(undoTurn(place, fork, trust)).rejects.toMatchObject({ code: 'undo.nothing' });
    expect(await headOfSession(place, await findSession(place, runs[0]))).toBe(runs[0]);
  });

  it('leaves no turn from which a session could be forked', async () => {
    const { place, runs, take } = await sessionOf(words, file(20));
    const { run } = await undoTurn(place, runs[1]!, trust);
    await expect(runOfTurn(place, await findSession(place), 2)).rejects.toMatchObject({ code: 'session.no_turn' });
    const again = await take(run);
    expect(await runOfTurn(place, await findSession(place), 2)).toBe(again);
  });
});
