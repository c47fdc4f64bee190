import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { beginSession, takeTurn } from '../../src/operations/take-turn.ts';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';

const program = (result: string) => `\`\`\`python\ndef share(cents, count):\n    return ${result}\n\`\`\`\n`;
const message = 'Write `share.py` with the function `share(cents, count)`.';

/** A session with a small model that gives these programs in turn. */
async function sessionOn(programs: readonly string[], model = 'some-coder-1.5b-instruct') {
  let times = 0;
  const team = await teamOnFake({
    settings: { sandbox: 'off', verify: 'auto' },
    server: {
      model,
      reply: ({ body }: RequestRecord) => (Array.isArray(body['messages']) ? program(programs[times++] ?? 'cents') : ''),
    },
  });
  const tried = () => eventsOfType(team.events, 'examples.tried').map(({ data }) => data.examples.map(({ outcome }) => outcome).join(' '));
  const file = (run: string) => readFileSync(join(team.orchestrator.outputFolder, 'generated', run, 'share.py'), 'utf8');
  return { ...team, tried, file };
}

describe('the examples of a message', () => {
  it('choose among the tries of a small model, and the result says which hold', async () => {
    const { orchestrator, tried, file } = await sessionOn(['cents', 'cents // count']);
    const result = await beginSession(orchestrator, { message: `${message} \`share(6, 2)\` returns \`3\`.` }).result;
    expect(result.status).toBe('completed');
    expect(file(result.workflow_id)).toContain('cents // count');
    expect(tried()).toEqual(['fails', 'holds']);
    expect(result.examples).toMatchObject({ held: 1, run: 1 });
  });

  it('are those of the newest message: what was said before may have changed', async () => {
    const { orchestrator, tried } = await sessionOn(['cents // count', 'cents / count']);
    const first = await beginSession(orchestrator, { message: `${message} \`share(7, 2)\` returns \`3\`.` }).result;
    const turn = { message: 'Change `share.py`: `share(7, 2)` returns `3.5`.', session: 'same' as const };
    const second = await (await takeTurn(orchestrator, first.workflow_id, turn)).result;
    expect([first.status, second.status]).toEqual(['completed', 'completed']);
    expect(tried()).toEqual(['holds', 'holds']);
  });

  it('are none where the message shows none', async () => {
    const { orchestrator, tried } = await sessionOn(['cents']);
    const result = await beginSession(orchestrator, { message }).result;
    expect([result.status, tried(), result.examples]).toEqual(['completed', [], null]);
  });
});
