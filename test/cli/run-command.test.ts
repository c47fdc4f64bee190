import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FakeLlamaServerOptions } from '../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import type { WorkflowResult } from '../../src/orchestrator/results/run-result.ts';
import { runCommand } from '../support/run-command.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function fake(options: FakeLlamaServerOptions = {}) {
  const server = await startFakeLlamaServer({ reply: replyAsTeam(), ...options });
  onTestFinished(() => server.close());
  return server;
}

function project(requirement = 'Build a bookmark manager.\n'): string {
  const directory = temporaryFolder();
  writeFileSync(join(directory, 'req.md'), requirement);
  return directory;
}

const filesOf = (directory: string) => readdirSync(join(directory, 'output', 'generated', 'latest'), { recursive: true }).map(String);

describe('multiagent run', () => {
  it('goes from a requirement to files, shows who works on what, and says where everything is', async () => {
    const server = await fake();
    const directory = project();
    const { code, output, errors } = await runCommand(['run', 'feature-development', '--req', 'req.md', '--base-url', server.address], {
      directory,
    });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toContain('One task at a time (linear): the model server answers one request at a time');
    expect(output).toMatch(/\[3\/6\] implementation: dev_001 begins/);
    expect(output).toMatch(/\[3\/6\] implementation: created \S+ \(\d+ bytes\)/);
    expect(output).toMatch(/Completed in .*: 6 of 6 tasks, \d+ files\./);
    for (const [label, pattern] of [
      ['Summary', /output\/workflow_summary_\S+\.md/],
      ['Result', /output\/workflow_feature_development_\S+\.json/],
      ['Files', /output\/generated\/\S+/],
    ] as const) {
      const path = pattern.exec(output)?.[0] ?? '';
      expect(existsSync(join(directory, path)), label).toBe(true);
    }
    expect(output).toContain('Tests were written but not run.');
    expect(filesOf(directory).length).toBeGreaterThan(4);
  });

  it('accepts snake_case names, standard input and project files', async () => {
    const server = await fake();
    const directory = project();
    mkdirSync(join(directory, 'src'));
    writeFileSync(join(directory, 'src', 'a.py'), 'x = 1\n');
    const { code } = await runCommand(['run', 'bug_fix', '--req', '-', '--file', 'src/a.py', '--base-url', server.address, '--quiet'], {
      directory,
      input: 'It crashes.',
    });
    expect(code).toBe(0);
    const first = server.requests[0]?.body['messages'] as { content: string }[];
    expect(first[1]?.content).toMatch(/^# Requirement\n\nIt crashes\.\n\n# Project files\n\n```src\/a\.py\nx = 1\n```/);
  });

  it('tries the examples of the requirement and says what came of it, unless nothing is to be run', async () => {
    const team = replyAsTeam();
    const server = await fake({
      reply: (request) =>
        JSON.stringify(request.body).includes(': implementation')
          ? '```python:add.py\ndef add(a, b):\n    return a - b\n```\n'
          : team(request),
    });
    const run = (...options: string[]) =>
      runCommand(['run', 'feature-development', '--req', 'req.md', '--base-url', server.address, '--sandbox', 'off', ...options], {
        directory: project('Write `add.py` with `add(a, b)`. `add(1, 2)` returns `3`. `add(2, 0)` returns `2`.\n'),
      });
    expect((await run('--verify', 'auto')).output).toMatch(
      /1 of 2 examples of the requirement holds, tried without a sandbox\.\n +`add\(1, 2\)` is -1\n/,
    );
    expect((await run('--verify', 'off')).output).not.toContain('examples of the requirement');
    expect(await run('--verify', 'maybe')).toMatchObject({ code: 2 });
  });

  it('ends with 1 where what was written fails its checks, and the result says that the run is completed', async () => {
    const server = await fake();
    const run = async (...options: string[]) => {
      const directory = project('A todo list.\n');
      const common = ['--req', 'req.md', '--base-url', server.address, '--sandbox', 'off'];
      const { code, output } = await runCommand(['run', 'feature-development', ...common, ...options], {
        directory,
        environment: { TEAM_COLOUR: 'blue', TEAM_TOKEN: 'the-secret-token' },
      });
      const [result = ''] = readdirSync(join(directory, 'output')).filter((name) => name.endsWith('.json'));
      const { status, verification } = JSON.parse(readFileSync(join(directory, 'output', result), 'utf8')) as WorkflowResult;
      return { code, output, status, outcome: verification.outcome };
    };
    const failing = ['--verify-command', 'echo no; exit 3'];
    expect(await run('--verify', 'auto', ...failing)).toEqual({
      code: 1,
      output: expect.stringContaining("'echo no; exit 3' fails with exit code 3, without a sandbox (fresh).\n    no\n"),
      status: 'completed',
      outcome: 'failed',
    });
    expect(await run('--verify', 'required', ...failing)).toMatchObject({ code: 1, status: 'failed', outcome: 'failed' });
    // It has the person's variables, without secrets.
    const seen = 'test "$TEAM_COLOUR" = blue && test -z "$TEAM_TOKEN"';
    expect(await run('--verify', 'required', '--verify-command', seen)).toMatchObject({
      code: 0,
      status: 'completed',
      outcome: 'passed',
    });
  });

  it('prints one event a line and nothing else with --json', async () => {
    const server = await fake();
    const directory = project();
    const { code, output } = await runCommand(['run', 'analysis', '--req', 'req.md', '--base-url', server.address, '--json'], {
      directory,
    });
    const events = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { sequence: number; type: string });
    expect(code).toBe(0);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]?.type).toBe('run.started');
    expect(events.at(-1)?.type).toBe('run.finished');
  });

  it('prints the outcome only with --quiet, and details with --verbose', async () => {
    const server = await fake();
    const directory = project();
    const common = ['run', 'documentation', '--req', 'req.md', '--base-url', server.address];
    const quiet = await runCommand([...common, '--quiet'], { directory });
    expect(quiet.output).toMatch(/^Completed in /);
    const verbose = await runCommand([...common, '--verbose'], { directory });
    expect(verbose.output).toContain('hand_over');
    expect(verbose.errors).toContain('Run started');
  });

  it('fails with exit code 1 when the server dies in the middle, with a clear message and the results so far on the disk', async () => {
    const server = await fake();
    const directory = project();
    writeFileSync(join(directory, 'config.yaml'), 'llm_max_retries: 0\ntask_retry_attempts: 0\n');
    const killed = server.waitForEnd(2).then(() => server.kill());
    const { code, output, errors } = await runCommand(['run', 'feature-development', '--req', 'req.md', '--base-url', server.address], {
      directory,
    });
    await killed;
    expect(code).toBe(1);
    expect(output).toMatch(/FAILED in .*tasks/);
    expect(output).toMatch(/model server at .*(cannot be reached|broke)/);
    expect(errors + output).not.toMatch(/\n\s+at .*\.ts:/);
    expect(filesOf(directory)).toContain('01-requirements_analysis.md');
  });

  it('stops cleanly at Ctrl-C, with exit code 130 and what arrived kept', async () => {
    const server = await fake({ pace: 'manual' });
    server.gate.release(10);
    const directory = project();
    const stopping = server.gate.waiting(1);
    let killed = false;
    const { code, output, errors } = await runCommand(['run', 'analysis', '--req', 'req.md', '--base-url', server.address], {
      directory,
      onOutput: (_, child) => {
        if (!killed) void stopping.then(() => child.kill('SIGINT'));
        killed = true;
      },
    });
    expect(code).toBe(130);
    expect(errors).toContain('Stopping; what has arrived is kept.');
    expect(output).toMatch(/Stopped: 0 of 4 tasks/);
  });

  it('never lets a key reach the log, the events or the results', async () => {
    const server = await fake();
    const directory = project();
    const key = 'sk-test-1234567890abcdefghij';
    writeFileSync(join(directory, '.env'), `OPENAI_API_KEY=${key}\n`);
    const { code, output, errors } = await runCommand(['run', 'analysis', '--req', 'req.md', '--base-url', server.address, '--verbose'], {
      directory,
    });
    expect(code).toBe(0);
    expect(output + errors).not.toContain(key);
    const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && entry.name !== '.env',
    );
    expect(files.length).toBeGreaterThan(5);
    const leaking = files.filter((file) => readFileSync(join(file.parentPath, file.name)).includes(key));
    expect(leaking.map(({ name }) => name)).toEqual([]);
  });
});

describe('bad input', () => {
  it.each([
    ['a missing requirement file', ['run', 'analysis', '--req', 'nope.md'], 2, /nope\.md cannot be read: there is no such file/],
    ['a folder without a specification as requirement', ['run', 'analysis', '--req', '.'], 2, /There is no specification in \./],
    ['an empty requirement file', ['run', 'analysis', '--req', 'empty.md'], 2, /The requirement in empty\.md is empty/],
    [
      'a binary requirement file',
      ['run', 'analysis', '--req', 'binary.md'],
      2,
      /it is not a text file\.\n {2}The team reads only plain text; save the file in UTF-8/,
    ],
    [
      'an option that there is not',
      ['run', 'analysis', '--nonsense'],
      2,
      /^Error: unknown option '--nonsense'\n {2}"multiagent workflows list"/,
    ],
    [
      'a command of a group that there is not',
      ['model', 'lsit'],
      2,
      /^Error: "lsit" is an unknown command of "multiagent model"\.\n {2}Did you mean list\? Its commands: list, pull/,
    ],
    [
      'a workflow without what is to be done with it',
      ['workflows', 'bug-fix'],
      2,
      /unknown command of "multiagent workflows"\.\n {2}Its commands: list, show, new, validate, graph, diff, schema\./,
    ],
    ['a command without what it needs', ['import'], 2, /^Error: missing required argument 'file'\n {2}multiagent --help/],
    [
      'a file where the requirement stands',
      ['run', 'analysis', 'req.md'],
      2,
      /^Error: "req\.md" is a file\.\n {2}To use it as the requirement: --req req\.md/,
    ],
    [
      'a requirement in two places',
      ['run', 'analysis', 'A todo list', '--req', 'req.md'],
      2,
      /given twice: after the workflow .* and with --req/,
    ],
    ['an empty requirement', ['run', 'analysis', ' '], 2, /The requirement is empty/],
    ['no requirement at all', ['run', 'analysis'], 2, /--req/],
    ['no workflow', ['run'], 2, /No workflow is named\.\n.*workflows list/],
    ['a requirement given twice', ['run', 'analysis', '--req', 'req.md', '--requirement', 'x'], 2, /cannot be used with/],
    ['an unknown workflow', ['run', 'feature-developmnt', '--requirement', 'x'], 2, /Did you mean feature-development\?/],
    ['an unknown command', ['rum'], 2, /unknown command/],
    ['an unknown option', ['run', 'analysis', '--jsn'], 2, /Did you mean --json\?/],
    ['a wrong number', ['run', 'analysis', '--requirement', 'x', '--max-parallel', 'many'], 2, /--max-parallel takes a whole number/],
    ['a wrong engine', ['run', 'analysis', '--requirement', 'x', '--engine', 'gpu'], 2, /Allowed choices are auto, server, embedded/],
    ['bad YAML', ['run', 'analysis', '--requirement', 'x', '--config', 'bad.yaml'], 2, /bad\.yaml:2:\d+/],
    [
      'an unknown setting',
      ['run', 'analysis', '--requirement', 'x', '--config', 'typo.yaml'],
      2,
      /llm_timeot is not a setting; did you mean llm_timeout\?/,
    ],
    [
      'a setting of the wrong type',
      ['run', 'analysis', '--requirement', 'x', '--config', 'type.yaml'],
      2,
      /type\.yaml:1: llm_max_retries is "many"; expected a whole number/,
    ],
    ['a settings file that is not there', ['run', 'analysis', '--requirement', 'x', '--config', 'none.yaml'], 2, /none\.yaml/],
    [
      'an output folder that cannot be',
      ['run', 'analysis', '--requirement', 'x', '--output', 'req.md/out', '--base-url', 'SERVER'],
      2,
      /Results cannot be written to \S+: a part of its path is a file\./,
    ],
    [
      'an output folder that is a file',
      ['run', 'analysis', '--requirement', 'x', '--output', 'req.md', '--base-url', 'SERVER'],
      2,
      /Results cannot be written to \S+: a file stands where a folder has to be\./,
    ],
    ['a workspace that is a file', ['run', 'analysis', '--requirement', 'x', '--workspace', 'req.md'], 2, /req\.md is not a folder/],
    [
      'a model file that is no GGUF',
      ['run', 'analysis', '--requirement', 'x', '--engine', 'embedded', '--model-file', 'req.md'],
      2,
      /is not a GGUF model/,
    ],
    [
      'a model file that is not there',
      ['run', 'analysis', '--requirement', 'x', '--engine', 'embedded', '--model-file', 'none.gguf'],
      2,
      /none\.gguf cannot be read: there is no such file\./,
    ],
    [
      'no server at the address',
      ['run', 'analysis', '--requirement', 'x', '--base-url', 'CLOSED'],
      3,
      /No model server was found .*nothing listens there.*\n.*--base-url.*multiagent demo/,
    ],
    [
      'a server that is not on this machine',
      ['run', 'analysis', '--requirement', 'x', '--base-url', 'http://example.com/v1'],
      3,
      /not on this machine.*\n.*--allow-remote/,
    ],
    [
      'something that is no model server',
      ['run', 'analysis', '--requirement', 'x', '--base-url', 'SERVER/nothing/v1'],
      3,
      /not as a model server/,
    ],
  ] as const)('%s: one clear sentence, the mend, the right exit code, no stack trace', async (_, args, expected, message) => {
    const server = await fake();
    const closed = await startFakeLlamaServer();
    await closed.close();
    const directory = project();
    writeFileSync(join(directory, 'empty.md'), ' \n');
    writeFileSync(join(directory, 'binary.md'), Buffer.from([0, 1, 2, 255]));
    writeFileSync(join(directory, 'bad.yaml'), 'agents: [1\n');
    writeFileSync(join(directory, 'typo.yaml'), 'llm_timeot: 3\n');
    writeFileSync(join(directory, 'type.yaml'), 'llm_max_retries: many\n');
    const given = args.map((arg) => arg.replace('SERVER', server.origin).replace('CLOSED', closed.address));
    const { code, output, errors } = await runCommand(given, { directory });
    expect(errors).toMatch(message);
    expect(code).toBe(expected);
    expect(output).toBe('');
    expect(errors).not.toMatch(/\n\s+at /);
    expect(server.requests).toEqual([]);
  });

  it('shows the stack with --verbose', async () => {
    const { errors } = await runCommand(['run', 'analysis', '--req', 'nope.md', '--verbose'], { directory: project() });
    expect(errors).toMatch(/\n\s+at /);
  });
});

describe('the other commands', () => {
  it('lists workflows, shows one and lists agents', async () => {
    const directory = temporaryFolder();
    const list = await runCommand(['workflows', 'list'], { directory });
    expect(list.output.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'feature-development',
      'bug-fix',
      'infrastructure',
      'documentation',
      'analysis',
      'feature-with-review',
      'plan-and-build',
      'code-review',
      'refactoring',
      'tests-for-existing-code',
      'quick-answer',
      '',
    ]);
    const show = await runCommand(['workflows', 'show', 'bug-fix'], { directory });
    expect(show.output).toContain('  - id: bug_fix\n    kind: agent\n    description: Fix the bug\n');
    const agents = await runCommand(['agents'], { directory });
    expect(agents.output).toMatch(/^ba_001 +Business Analyst/);
    expect([list.code, show.code, agents.code]).toEqual([0, 0, 0]);
  });

  it('prints the version and a help with examples and exit codes', async () => {
    const directory = temporaryFolder();
    expect((await runCommand(['--version'], { directory })).output).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { output, code } = await runCommand(['--help'], { directory });
    expect(code).toBe(0);
    expect(output).toMatch(
      /Examples:[^]*Exit codes: 0 completed, 1 the run failed or its tests fail, 2 wrong usage or settings, 3 no model server, 4 the run waits, 130 interrupted/,
    );
  });
});
