import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rescore } from '../../eval/src/rescore.ts';
import { attemptFolder, readResult } from '../../eval/src/results/results-folder.ts';
import { type Evaluation, runEvaluation } from '../../eval/src/run-evaluation.ts';
import { code } from '../../eval/src/subjects/code.ts';
import { direct } from '../../eval/src/subjects/direct.ts';
import { team } from '../../eval/src/subjects/team.ts';
import type { Subject } from '../../eval/src/subjects/subject.ts';
import type { Task } from '../../eval/src/tasks/task.ts';
import type { FakeLlamaServerOptions } from '../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeTask, wordsCheck } from './make-task.ts';

const answer = 'Here it is.\n\nanswer.txt\n```\none two\n```\n';
const bugFix = () => team({ name: 'workflow', workflowOf: ({ workflow }) => workflow, settings: { llm_temperature: 0.5, verify: 'off' } });

async function serverWith(options: FakeLlamaServerOptions) {
  const server = await startFakeLlamaServer(options);
  onTestFinished(() => server.close());
  return server;
}

interface Chosen extends Partial<Evaluation> {
  task: Task;
  subject: Subject;
}

/** An evaluation of one subject, with what it says kept. */
function evaluationOf({ task, subject, ...more }: Chosen) {
  const said: string[] = [];
  const results = temporaryFolder();
  const evaluation: Evaluation = {
    subjects: [{ subject, label: subject.name }],
    tasks: [task],
    model: 'fake-model',
    baseUrl: 'http://127.0.0.1:9/v1',
    repeats: 1,
    firstSeed: 7,
    secondsPerAttempt: 60,
    results,
    signal: new AbortController().signal,
    say: (line) => said.push(line),
    ...more,
  };
  const folder = (repeat: number) => attemptFolder(results, { model: 'fake-model', subject: subject.name, task: task.id, repeat });
  return { evaluation, said, folder };
}

describe('one plain prompt', () => {
  it('is asked without a system message, with a seed per repeat, and request and reply are kept as they were', async () => {
    const server = await serverWith({ reply: () => answer });
    const task = makeTask({ check: wordsCheck, files: { 'project/notes.txt': 'Use ``` sparingly.\n' } });
    const { evaluation, folder, said } = evaluationOf({ task, subject: direct, baseUrl: server.address, repeats: 2 });
    const [first, second] = await runEvaluation(evaluation);
    expect([first?.seed, second?.seed]).toEqual([7, 8]);
    expect(server.requests.map(({ body }) => body['seed'])).toEqual([7, 8]);
    const [request] = server.requests;
    expect(request?.messages.map(({ role }) => role)).toEqual(['user']);
    expect(JSON.stringify(request?.messages)).toContain('notes.txt\\n````\\nUse ``` sparingly.\\n````');
    expect(first).toMatchObject({
      status: 'answered',
      check: { kind: 'scored', passed: 2, total: 3 },
      files: ['answer.txt'],
      violations: [],
    });
    expect(first?.tokens).toMatchObject({ written: request?.replyTokens });
    expect(readFileSync(join(folder(1), 'replies/1-direct.txt'), 'utf8')).toBe(answer);
    expect(JSON.parse(readFileSync(join(folder(1), 'replies/1-request.json'), 'utf8'))).toMatchObject({ seed: 7, max_tokens: 4096 });
    expect(readFileSync(join(folder(1), 'check.txt'), 'utf8')).toContain('not ok three');
    expect(said).toHaveLength(2);
  });

  it('counts for nothing where the server is gone: the attempt is no result and is made again', async () => {
    const task = makeTask({ check: wordsCheck });
    const server = await serverWith({ reply: () => answer, faults: [{ when: 0, fault: { kind: 'break', afterChunks: 3 } }] });
    const { evaluation, folder } = evaluationOf({ task, subject: direct, baseUrl: server.address });
    await expect(runEvaluation(evaluation)).rejects.toMatchObject({ code: 'eval.no_answer' });
    expect(readResult(folder(1))).toBeUndefined();
    const [again] = await runEvaluation(evaluation);
    expect(again?.check).toMatchObject({ passed: 2 });
  });
});

describe('an evaluation', () => {
  it('does not do again what is there, and makes an attempt anew that was broken off', async () => {
    const server = await serverWith({ reply: () => answer });
    const { evaluation, folder, said } = evaluationOf({
      task: makeTask({ check: wordsCheck }),
      subject: direct,
      baseUrl: server.address,
      repeats: 2,
    });
    await runEvaluation(evaluation);
    rmSync(join(folder(2), 'result.json'));
    writeFileSync(join(folder(2), 'generated', 'left-over.txt'), 'three');
    const again = await runEvaluation(evaluation);
    expect(server.requests).toHaveLength(3);
    expect(said.filter((line) => line.startsWith('(kept)'))).toHaveLength(1);
    expect(again.map(({ files }) => files)).toEqual([['answer.txt'], ['answer.txt']]);
  });

  it('stops at the signal without a result', async () => {
    const stop = new AbortController();
    stop.abort();
    const { evaluation, folder } = evaluationOf({ task: makeTask({ check: wordsCheck }), subject: direct, signal: stop.signal });
    await expect(runEvaluation(evaluation)).rejects.toMatchObject({ name: 'AbortError' });
    expect(existsSync(folder(1))).toBe(false);
  });

  it('takes a check that fails for an error and not for a zero, and checks again without the model once it is mended', async () => {
    const server = await serverWith({ reply: () => answer });
    const task = makeTask({ check: 'raise SystemExit("no compiler of mine")\n' });
    const { evaluation } = evaluationOf({ task, subject: direct, baseUrl: server.address });
    const [broken] = await runEvaluation(evaluation);
    expect(broken?.check).toMatchObject({ kind: 'broken', reason: expect.stringContaining('no compiler of mine') as string });
    writeFileSync(join(task.folder, 'check.py'), wordsCheck);
    await server.kill();
    const asked = { results: evaluation.results, tasks: [task], model: undefined, labels: undefined, say: () => undefined };
    const [mended] = await rescore(asked);
    expect(mended?.check).toEqual({ kind: 'scored', passed: 2, total: 3 });
    expect((await rescore(asked))[0]).toEqual(mended);
    await expect(rescore({ ...asked, labels: ['workflow'] })).rejects.toMatchObject({ code: 'eval.no_results' });
  });
});

describe("the team's own command", () => {
  it('is run as a user runs it, with the seed and the settings that are tried, and everything of it is kept', async () => {
    const server = await serverWith({
      reply: (request) => (request.taskType === 'bug_fix' ? `\`\`\`text:answer.txt\none two three\n\`\`\`\n` : replyAsTeam()(request)),
    });
    const task = makeTask({ check: wordsCheck, files: { 'project/answer.txt': 'nothing\n' } });
    const { evaluation, folder } = evaluationOf({ task, subject: bugFix(), baseUrl: server.address });
    const [result] = await runEvaluation(evaluation);
    expect(result).toMatchObject({ status: 'completed', exit_code: 0, check: { passed: 3, total: 3 }, violations: [] });
    expect(server.requests.map(({ body }) => [body['seed'], body['temperature']])).toEqual(server.requests.map(() => [7, 0.5]));
    expect(JSON.stringify(server.requests[0]?.messages)).toContain('nothing');
    // The bug analysis is a text document of the team, and no file that was asked for.
    expect(result?.files).toContain('answer.txt');
    expect(result?.files.filter((path) => /^\d\d-/.test(path))).toEqual([]);
    expect(result?.replies.map(({ name }) => name)).toEqual(['bug_analysis/1', 'bug_fix/1', 'regression_testing/1', 'release_notes/1']);
    expect(readFileSync(join(folder(1), result?.replies[1]?.file ?? ''), 'utf8')).toContain('one two three');
    expect(readdirSync(folder(1))).toEqual(expect.arrayContaining(['events.jsonl', 'session.jsonl', 'settings.yaml', 'errors.txt']));
    const { read, written, ideal } = result?.tokens ?? {};
    expect([read, written, ideal].every((count) => (count ?? 0) > 0)).toBe(true);
  });

  it('counts for nothing where no server answers', async () => {
    const { evaluation, folder } = evaluationOf({ task: makeTask({ check: wordsCheck }), subject: bugFix() });
    await expect(runEvaluation(evaluation)).rejects.toMatchObject({ code: 'eval.command_refused' });
    expect(readResult(folder(1))).toBeUndefined();
  });
});

describe('one turn of the agent', () => {
  it('is taken as a person takes it who lets it write, and what it changed in the project is checked', async () => {
    const server = await serverWith({ reply: () => '```text:answer.txt\none two three\n```\n' });
    const task = makeTask({ check: wordsCheck, files: { 'project/answer.txt': 'nothing\n', 'project/other.txt': 'left alone\n' } });
    const { evaluation, folder } = evaluationOf({ task, subject: code({ verify: 'off' }), baseUrl: server.address });
    const [result] = await runEvaluation(evaluation);
    expect(result).toMatchObject({
      subject: 'code',
      status: 'completed',
      exit_code: 0,
      check: { passed: 3, total: 3 },
      files: ['answer.txt'],
    });
    expect(new Set(server.requests.map(({ body }) => body['seed']))).toEqual(new Set([7]));
    expect(readFileSync(join(folder(1), result?.replies[0]?.file ?? ''), 'utf8')).toContain('one two three');
    expect((result?.tokens.read ?? 0) > 0 && (result?.tokens.written ?? 0) > 0).toBe(true);
  });

  it('counts for nothing where no server answers', async () => {
    const { evaluation, folder } = evaluationOf({ task: makeTask({ check: wordsCheck }), subject: code(undefined) });
    await expect(runEvaluation(evaluation)).rejects.toMatchObject({ code: 'eval.command_refused' });
    expect(readResult(folder(1))).toBeUndefined();
  });
});
