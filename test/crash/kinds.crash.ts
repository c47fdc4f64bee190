import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CrashScene, type Snapshot } from './crash-scene.ts';
import { filesIn } from './expect-same-run.ts';
import { finish } from './kill-and-resume.ts';
import { kindReply, type KindScene, kindScenes, workflowsOf } from './kind-scenes.ts';
import { eventsOf } from './events-of.ts';
import { triedMoments } from './tried-moments.ts';

/** In which of the processes that work at a run, and after which of its events. */
interface Kill {
  process: number;
  number: number;
}

interface Lived {
  /** What is left of it, whoever did what. */
  outcome: unknown;
  requests: number;
  /** How often commands ran. */
  ran: number;
  /** What was known when the process was killed. */
  cut: Snapshot | undefined;
  moments: (Kill & { type: string })[];
}

/** A whole run, with the decisions that it asks for; one process may be killed, and another goes on for it. */
async function lived(scene: KindScene, kill?: Kill): Promise<Lived> {
  const folder = mkdtempSync(join(tmpdir(), 'multiagent-counted-'));
  const log = join(folder, 'log');
  const ran = () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0);
  try {
    await using place = await CrashScene.open({
      settings: { sandbox: 'off' },
      orchestrator: { commandEnvironment: { PATH: process.env['PATH'] ?? '', COUNTED: log } },
      workflows: workflowsOf(scene),
      reply: kindReply,
    });
    let run: string | undefined;
    let cut: Snapshot | undefined;
    const moments: Lived['moments'] = [];
    let status = '';
    for (const [index, act] of [undefined, ...(scene.acts ?? [])].entries()) {
      if (act !== undefined && run !== undefined) await ('signal' in act ? place.signal(run, act.signal) : place.decide(run, act));
      const before = run === undefined ? 0 : (await place.snapshot(run)).state.lastSequence;
      const isMeant = kill?.process === index;
      const writer = place.start({ resume: run, moment: isMeant ? { after: 'event', number: kill.number } : undefined });
      run = await writer.begun;
      const { signal, lines } = await writer.ended;
      // With two tasks at once a run may have an event less, and be over before the last moments of the other one.
      const isKilled = isMeant && (signal !== null || (await eventsOf(place.journal, run, before)).length >= kill.number);
      expect(signal, 'the moment comes').toBe(isKilled ? 'SIGKILL' : null);
      if (isKilled) {
        cut = await place.snapshot(run);
        status = await finish(place, run);
      } else status = lines.at(-1) ?? '';
      const own = await eventsOf(place.journal, run, before);
      moments.push(...own.map(({ type }, at) => ({ process: index, number: at + 1, type })));
    }
    const { state, requests } = await place.snapshot(run ?? '');
    const errors = [...state.tasks.values()].flatMap(({ task, error }) => (error === undefined ? [] : [`${task}: ${error.message}`]));
    expect({ status, errors }).toEqual({ status: 'completed', errors: [] });
    const ended = (await eventsOf(place.journal, run ?? '', 0)).flatMap(({ type, activity }) =>
      type === 'activity.completed' ? (activity ?? []) : [],
    );
    expect(new Set(ended).size, `each activity ends once: ${ended.join(', ')}`).toBe(ended.length);
    const tasks = [...state.tasks.values()].map(({ task, status: how, outputs, because, decisions }) => ({
      task,
      how,
      outputs,
      because,
      decided: decisions?.map(({ decision, comment }) => [decision, comment]),
    }));
    return {
      outcome: {
        // Which of two items is the first to go on is nobody's business.
        tasks: tasks.toSorted((a, b) => a.task.localeCompare(b.task)),
        activities: ended.toSorted(),
        files: filesIn(join(place.workspace, 'output', 'generated', run ?? '')),
      },
      requests,
      ran: ran(),
      cut,
      moments,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// What a run begins and ends with is the same for all kinds; `kills.crash.ts` kills it there.
const whole = await Promise.all(Object.entries(kindScenes).map(async ([kind, scene]) => ({ kind, scene, expected: await lived(scene) })));

describe.each(whole)('killed anywhere in a run with a step of the kind $kind, it goes on to the same end', ({ scene, expected }) => {
  const moments = expected.moments.filter(({ type }) => type.startsWith('task.') || type.startsWith('activity.'));

  it('there are moments to be killed at', () => expect(moments.length).toBeGreaterThan(5));

  describe.concurrent('in the journal is', () => {
    it.each(triedMoments(moments))('$type, event $number of process $process', async ({ process: at, number }) => {
      const { outcome, requests, ran, cut } = await lived(scene, { process: at, number });
      expect(outcome).toEqual(expected.outcome);
      // Only what was under way is done again.
      const open = [...(cut?.state.activities.values() ?? [])].filter(({ status }) => status === 'started');
      const again = (kind: string) => open.filter((activity) => activity.kind === kind).length;
      expect(requests).toBeLessThanOrEqual(expected.requests + again('reply'));
      expect(ran).toBeLessThanOrEqual(expected.ran + again('command'));
      expect([requests, ran].every((number_, index) => number_ >= [expected.requests, expected.ran][index]!)).toBe(true);
    });
  });
});
