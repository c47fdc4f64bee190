import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { type Environment, fakeServerSource, freePort, ScriptProject } from './script-project.ts';

const source = 'home of mine/.cache/multiagent/llama.cpp-9.9.9';
const lock = `${source}.lock`;

/**
 * A project with node-llama-cpp, and stand-ins for git and cmake that leave behind what the real ones would. FAKE_BUILD=fails: until it is gone.
 * FAKE_NATIVE, FAKE_PORTABLE=<signal>: what ends a server that was compiled with the compiler's word for the processor, or without.
 */
function projectWithSource({ tools = ['git', 'cmake', 'c++'] }: { tools?: string[] } = {}): ScriptProject {
  const project = new ScriptProject();
  project.write('node_modules/node-llama-cpp/package.json', '{\n  "name": "node-llama-cpp",\n  "version": "9.9.9"\n}\n');
  project.write('node_modules/node-llama-cpp/llama/gitRelease.bundle', '');
  const programs: Record<string, string> = {
    git: '#!/bin/sh\necho "git $*" >>"$HOME/calls"\nfor last; do :; done\nmkdir -p "$last" && : >"$last/CMakeLists.txt"\n',
    cmake: `#!/bin/sh
echo "cmake $*" >>"$HOME/calls"
[ "$1" = --build ] || {
  case "$*" in *-DGGML_NATIVE=OFF*) echo "$FAKE_PORTABLE" ;; *) echo "$FAKE_NATIVE" ;; esac >"$HOME/death"
  exit 0
}
echo '[ 50%] Building CXX object server.cpp.o'
[ "$FAKE_BUILD" = waits ] && while [ ! -e "$HOME/go on" ]; do sleep 0.05; done
[ "$FAKE_BUILD" = fails ] && { echo 'server.cpp:1: error: out of luck'; exit 2; }
mkdir -p "$2/bin" && cat >"$2/bin/llama-server" <<END
#!/bin/sh
export FAKE_DEATH=$(cat "$HOME/death")
exec "${process.execPath}" "${fakeServerSource}" "\\$0" "\\$@"
END
chmod +x "$2/bin/llama-server"
`,
    'c++': '#!/bin/sh\n',
  };
  for (const tool of tools) project.writeProgram(`tools/${tool}`, programs[tool] ?? '');
  symlinkSync('/bin/chmod', join(project.tools, 'chmod'));
  return project;
}

function build(project: ScriptProject, environment: Environment = {}) {
  return project.run(['--build', '--only-build'], environment);
}

describe('compiling llama-server', () => {
  test('prints the path of the program, and nothing else, on standard output', async () => {
    const project = projectWithSource();
    const { code, stdout, stderr } = await build(project);
    expect([code, stdout]).toEqual([0, `${join(project.folder, source)}/build/bin/llama-server\n`]);
    expect(stderr).toContain('this takes minutes');
    expect(project.read(`${source}.log`)).toContain('[ 50%] Building');
    expect([project.has(lock), project.has(`${source}/build.unfinished`)]).toEqual([false, false]);
  });

  test('is done once', async () => {
    const project = projectWithSource();
    const first = await build(project);
    rmSync(join(project.tools, 'cmake'));
    expect(await build(project)).toEqual({ code: 0, stdout: first.stdout, stderr: '' });
  });

  test('that failed shows the end of its log, and goes on from what there is', async () => {
    const project = projectWithSource();
    const failed = await build(project, { FAKE_BUILD: 'fails' });
    expect([failed.code, failed.stdout]).toEqual([1, '']);
    expect(failed.stderr).toMatch(/could not be compiled[^]*out of luck[^]*same command again/);
    expect((await build(project)).code).toBe(0);
    expect(project.read('home of mine/calls').match(/^git/gm)).toHaveLength(1);
  });

  test('that is interrupted leaves no lock and is taken up again', async () => {
    const project = projectWithSource();
    const script = project.start(['--only-build'], { FAKE_BUILD: 'waits' });
    await script.says('Compiling (0 s)');
    const second = await build(project);
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('Another build is under way')]);
    script.process.kill('SIGINT');
    expect((await script.result).code).toBe(130);
    expect(project.has(lock)).toBe(false);
    expect((await build(project)).code).toBe(0);
  });

  test('begins the copy of the source again where it was interrupted in it, and takes a lock that nobody holds', async () => {
    const project = projectWithSource();
    project.write(`${source}.partial/half`, '');
    symlinkSync('999999999', join(project.folder, lock));
    expect((await build(project)).code).toBe(0);
    expect(project.has(`${source}/half`)).toBe(false);
  });

  test.each([
    { tools: [], missing: 'git, cmake, c++' },
    { tools: ['git', 'c++'], missing: 'cmake' },
  ])('says how to get $missing', async ({ tools, missing }) => {
    const { code, stderr } = await build(projectWithSource({ tools }));
    expect(code).toBe(1);
    expect(stderr).toContain(`needs ${missing},`);
    for (const system of ['apt-get install', 'dnf install', 'brew install']) expect(stderr).toContain(system);
  });

  test('needs node-llama-cpp, and says so', async () => {
    const { code, stderr } = await build(new ScriptProject());
    expect([code, stderr]).toEqual([1, expect.stringContaining('multiagent engine install')]);
  });
});

const marker = `${source}/build.proven`;
const deaths = { SIGILL: 'SIGILL (illegal instruction)', SIGSEGV: 'SIGSEGV (segmentation fault)', SIGABRT: 'SIGABRT' };
const configured = (project: ScriptProject) => project.read('home of mine/calls').match(/^cmake -S.*$/gm) ?? [];

describe('a llama-server that was compiled here', () => {
  test('is tried out once on this machine', async () => {
    const project = projectWithSource();
    const first = await build(project);
    expect(first.stderr).toContain('It gets through quantised weights on this machine.');
    expect(project.has(marker)).toBe(true);
    // A second proof would kill it.
    expect(await build(project, { FAKE_NATIVE: 'SIGILL' })).toEqual({ code: 0, stdout: first.stdout, stderr: '' });
  });

  test('is tried out again on another machine', async () => {
    const project = projectWithSource();
    await build(project);
    project.write(marker, 'another processor\n');
    expect((await build(project)).stderr).toContain('It gets through quantised weights');
    expect(project.read(marker)).not.toContain('another');
    expect(configured(project)).toHaveLength(1);
  });

  test('is not disturbed in that by what is set for the server of the team', async () => {
    const project = projectWithSource();
    const { stderr } = await build(project, { LLAMA_API_KEY: 'secret', LLAMA_ARG_PORT: '1', LLAMA_PORT: '2' });
    expect(stderr).toContain('It gets through quantised weights');
  });

  test.each(Object.entries(deaths))(
    'is compiled again without what the compiler took the processor to offer where it dies by %s',
    async (signal, words) => {
      const project = projectWithSource();
      const { code, stderr } = await build(project, { FAKE_NATIVE: signal });
      expect(code).toBe(0);
      expect(stderr).toContain(`It dies by ${words} as soon as it computes quantised weights.`);
      expect(stderr).toContain('It gets through quantised weights on this machine.');
      const [first, second, ...more] = configured(project);
      expect([first?.includes('GGML_NATIVE'), second?.includes('-DGGML_NATIVE=OFF'), more]).toEqual([false, true, []]);
      expect(project.read('home of mine/calls').match(/^git/gm)).toHaveLength(1);
      expect([project.has(marker), project.has(lock)]).toEqual([true, false]);
    },
  );

  test('is compiled again also where it dies while it loads', async () => {
    const project = projectWithSource();
    // Both die then: what counts is that the first death led to a second build.
    const { code } = await build(project, { FAKE_NATIVE: 'SIGSEGV', FAKE_PORTABLE: 'SIGSEGV', FAKE_LIFE: 'loads' });
    expect([code, configured(project).length]).toEqual([1, 2]);
  });

  test('and dies both ways is told to be of no use, with what to do, and not compiled a third time', async () => {
    const project = projectWithSource();
    const deadly = { FAKE_NATIVE: 'SIGILL', FAKE_PORTABLE: 'SIGSEGV' };
    for (const turn of [1, 2]) {
      const { code, stdout, stderr } = await build(project, deadly);
      expect([turn, code, stdout]).toEqual([turn, 1, '']);
      expect(stderr).toMatch(/dies by SIGSEGV \(segmentation fault\) on quantised weights, also without[^]*Install a package[^]*remove /);
    }
    expect(configured(project)).toHaveLength(2);
    expect([project.has(marker), project.has(lock)]).toEqual([false, false]);
  });

  test('is compiled in the second way to its end where that was interrupted', async () => {
    const project = projectWithSource();
    await build(project);
    const failed = await project.run(['--only-build', '--rebuild'], { FAKE_BUILD: 'fails' });
    expect(failed.code).toBe(1);
    expect((await build(project)).code).toBe(0);
    expect(configured(project).map((line) => line.includes('-DGGML_NATIVE=OFF'))).toEqual([false, true, true]);
  });

  test('is compiled in the second way, once, where that is asked for', async () => {
    const project = projectWithSource();
    for (const turn of [1, 2]) expect([turn, (await project.run(['--only-build', '--rebuild'])).code]).toEqual([turn, 0]);
    expect(configured(project)).toEqual([expect.stringContaining('-DGGML_NATIVE=OFF')]);
  });

  test('and about which nothing was found out is used, with a warning, and tried out again the next time', async () => {
    const project = projectWithSource();
    const { code, stderr } = await build(project, { FAKE_ANSWER: '503' });
    expect([code, stderr]).toEqual([0, expect.stringMatching(/Warning: whether .* could not be found out \(HTTP\/1\.\d 503/)]);
    expect(project.has(marker)).toBe(false);
    expect((await build(project)).stderr).toContain('It gets through quantised weights');
  });

  test('leaves no log of its trial', async () => {
    const project = projectWithSource();
    await build(project, { FAKE_NATIVE: 'SIGILL' });
    expect(readdirSync(project.cache).sort()).toEqual(['llama.cpp-9.9.9', 'llama.cpp-9.9.9.log']);
  });
});

describe('a llama-server that was compiled before there were trials', () => {
  const place = `${source}/build/bin/llama-server`;

  test('is tried out at its first use, and once', async () => {
    const project = projectWithSource();
    project.installServer(place);
    expect(await project.run(['--only-prove'])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(project.has(marker)).toBe(true);
    expect((await project.run(['--only-prove'], { FAKE_DEATH: 'SIGILL' })).code).toBe(0);
  });

  test('and dies is not used, and the command that compiles it again does so', async () => {
    const project = projectWithSource();
    project.installServer(place);
    const start = await project.run([], { LLAMA_PORT: await freePort(), LLAMA_MODEL: 'owner/name', FAKE_DEATH: 'SIGILL' });
    expect(start.code).toBe(1);
    expect(start.stderr).toMatch(/dies by SIGILL \(illegal instruction\)[^]*compiled again without them: .*--build/);
    expect(start.stderr).not.toContain('Starting');
    // The stand-in that takes its place says itself of what it dies.
    expect((await build(project, { FAKE_DEATH: 'SIGILL' })).code).toBe(0);
    expect(configured(project)).toEqual([expect.stringContaining('-DGGML_NATIVE=OFF')]);
  });

  test('by somebody else is taken as it is', async () => {
    const project = new ScriptProject();
    project.installServer();
    expect((await project.run(['--only-prove'], { FAKE_DEATH: 'SIGILL' })).code).toBe(0);
  });

  test('is no matter where there is none', async () => {
    expect(await new ScriptProject().run(['--only-prove'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

describe('the instruction sets of a build that does not take the compiler’s word', () => {
  const base = 'fpu sse sse2 ssse3 sse4_1 sse4_2 avx f16c fma';
  const avx512 = 'avx512f avx512cd avx512vl avx512dq avx512bw';
  const nothing = ['SSE42', 'AVX', 'AVX2', 'BMI2', 'FMA', 'F16C', 'AVX_VNNI', 'AVX512', 'AVX512_VBMI', 'AVX512_VNNI', 'AVX512_BF16'];
  const plain = ['SSE42', 'AVX', 'FMA', 'F16C'];

  test.each<{ name: string; cpuinfo: string; on: string[]; cannot?: string }>([
    { name: 'an old one', cpuinfo: 'flags\t\t: fpu sse sse2', on: [] },
    { name: 'without AVX2', cpuinfo: `flags\t\t: ${base}`, on: plain },
    {
      name: 'with AVX2 as the last word',
      cpuinfo: `model name\t: Some\nflags\t\t: ${base} bmi2 avx2\n`,
      on: ['SSE42', 'AVX', 'AVX2', 'BMI2', 'FMA', 'F16C'],
    },
    { name: 'whose AVX-512 is not whole', cpuinfo: `flags\t\t: ${base} avx512f avx512cd avx512_vnni`, on: plain },
    { name: 'with AVX-512', cpuinfo: `flags\t\t: ${base} ${avx512}`, on: [...plain, 'AVX512'] },
    {
      name: 'with AMX, which is left out',
      cpuinfo: `flags\t\t: ${base} bmi2 avx2 ${avx512} avx512vbmi avx512_vnni avx512_bf16 avx_vnni amx_tile amx_int8 amx_bf16`,
      on: nothing,
    },
    {
      name: 'whose compiler is too old',
      cpuinfo: `flags\t\t: ${base} ${avx512} avx512_bf16`,
      on: [...plain, 'AVX512'],
      cannot: '-mavx512bf16',
    },
    { name: 'of several, the first', cpuinfo: `flags\t\t: ${base}\nflags\t\t: ${base} avx2\n`, on: plain },
  ])('$name', async ({ cpuinfo, on, cannot = 'nothing' }) => {
    const flags = await portableFlags(cpuinfo, cannot);
    expect(flags[0]).toBe('-DGGML_NATIVE=OFF');
    expect(flags.slice(1)).toEqual(nothing.map((name) => `-DGGML_${name}=${on.includes(name) ? 'ON' : 'OFF'}`));
  });

  test.each([
    ['where the system does not list them', undefined],
    ['of a processor of another kind', 'Features\t: fp asimd asimddp\n'],
  ])('are those of every processor %s', async (_, cpuinfo) => {
    expect(await portableFlags(cpuinfo, 'nothing')).toEqual(['-DGGML_NATIVE=OFF']);
  });

  async function portableFlags(cpuinfo: string | undefined, cannot: string): Promise<string[]> {
    const project = new ScriptProject();
    const compiler = project.writeProgram('tools/c++', `#!/bin/sh\nfor option; do [ "$option" != ${cannot} ] || exit 1; done\n`);
    if (cpuinfo !== undefined) project.write('cpuinfo', cpuinfo);
    const program = 'script_folder=scripts; . scripts/build-llama-server.sh; set -euo pipefail; portable_flags cpuinfo';
    const env = { PATH: project.tools, CXX: compiler };
    return execFileSync('/bin/bash', ['-c', program], { cwd: project.folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
      .trim()
      .split(' ');
  }
});
