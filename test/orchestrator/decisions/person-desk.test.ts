import { describe, expect, it } from 'vitest';
import { decideRun } from '../../../src/operations/decide-run.ts';
import type { AskedPerson, AskPerson } from '../../../src/orchestrator/decisions/person-desk.ts';
import { approval, files, releaseSteps, restingRun } from '../step-kinds/people.ts';
import { analysis, teamWithSteps } from '../step-kinds/team-with-steps.ts';

const question = { id: 'colour', kind: 'question', description: 'Which?', ask: 'Which colour?', answer: 'number' };

/** Whoever is there says these things in turn, and whatever is asked after that is decided later. */
function person(...says: Awaited<ReturnType<AskPerson>>[]) {
  const asked: AskedPerson[] = [];
  const ask: AskPerson = async (what) => {
    asked.push(what);
    return says.shift() ?? 'later';
  };
  return { asked, ask };
}

async function runWith(steps: Parameters<typeof teamWithSteps>[0], ask: AskPerson) {
  const { engine, orchestrator } = await teamWithSteps(steps);
  const result = await engine.executeWorkflow('house', 'Build it.', {}, { person: ask });
  return { result, state: await orchestrator.loadRun(result.workflow_id) };
}

describe('a person who is there', () => {
  it('is asked at once, and the run goes on with what they say', async () => {
    const { asked, ask } = person({ decision: 'answered', answer: '7', by: 'Ann' });
    const { result, state } = await runWith([question, analysis('after', ['colour'])], ask);
    expect(result.status).toBe('completed');
    expect(asked).toMatchObject([{ run: state.run, task: 'colour', question: { ask: 'Which colour?' } }]);
    expect(state.tasks.get('colour')?.outputs).toMatchObject({ output: 7, by: 'Ann' });
  });

  it('may decide later: the run rests, and is asked again when it is resumed', async () => {
    const { later, run } = await restingRun(releaseSteps());
    const first = person();
    expect((await later().resumeRun(run, { person: first.ask })).status).toBe('waiting');
    expect(first.asked).toHaveLength(1);
    const second = person({ decision: 'rejected', comment: 'Greet in French.' }, { decision: 'approved' });
    expect((await later().resumeRun(run, { person: second.ask })).status).toBe('completed');
    expect(second.asked.map((asked) => asked.question.round)).toEqual([1, 2]);
  });

  it('is told why a decision was refused, and is asked again', async () => {
    const { asked, ask } = person({ decision: 'answered', answer: 'many' }, { decision: 'answered', answer: '7' });
    const { result } = await runWith([question], ask);
    expect(result.status).toBe('completed');
    expect(asked.map(({ problem }) => problem)).toEqual([undefined, '"many" is no answer to colour. It wants a number.']);
  });

  it('is asked one thing after the other while the team works on', async () => {
    const open: string[] = [];
    let most = 0;
    const ask: AskPerson = async ({ task }) => {
      open.push(task);
      most = Math.max(most, open.length);
      await new Promise((resolve) => void setImmediate(resolve));
      open.pop();
      return { decision: 'answered', answer: 1 };
    };
    const { result } = await runWith([question, { ...question, id: 'size' }, analysis('other')], ask);
    expect([result.status, most]).toEqual(['completed', 1]);
  });

  it('is no longer asked once somebody else has decided', async () => {
    const { engine, orchestrator } = await teamWithSteps([question]);
    let aborted = false;
    const ask: AskPerson = async ({ run }, signal) => {
      const over = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(signal.reason as Error);
        });
      });
      await Promise.all([over, decideRun(orchestrator, run, { decision: 'answered', answer: 3 }, { by: 'Ben' })]);
      return 'later';
    };
    const result = await engine.executeWorkflow('house', 'Build it.', {}, { person: ask });
    expect([result.status, aborted]).toEqual(['completed', true]);
  });

  it('whom nobody can ask leaves the question open for others', async () => {
    const { result } = await runWith([question], () => Promise.reject(new Error('no microphone')));
    expect(result.status).toBe('waiting');
  });

  it('is no longer asked when the run is stopped', async () => {
    const { engine } = await teamWithSteps([files('developer', 'implementation'), approval({ depends_on: ['implementation'] })]);
    const stop = new AbortController();
    const ask: AskPerson = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        stop.abort(new Error('stopped'));
      });
    const result = await engine.executeWorkflow('house', 'Build it.', {}, { person: ask, signal: stop.signal });
    expect(result.status).toBe('interrupted');
  });
});
