import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { advisedModel } from '../../src/cli/wizard/choose-server.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { runStreamEvents } from '../../src/events/run-stream-events.ts';

const repository = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(repository, path), 'utf8');
const markdownIn = (folder: string) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);

const pages = [...markdownIn('docs'), 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'AGENTS.md', 'llms.txt', 'models/README.md'];
/** Paths in the repository that a page points to. */
const linksOf = (page: string) => [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => join(dirname(page), link ?? ''));

/** All of the source as one text; what is filled in at run time is an ellipsis, as it is in the pages. */
function sourceText(): string {
  const files = readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const text = files.map((name) => read(join('src', name))).join('\n');
  return text.replaceAll(/\$\{[^{}`']*\}/g, '…');
}

describe('the documentation', () => {
  it.each(pages)('points only to what is there: %s', (page) => {
    expect(linksOf(page).filter((link) => !existsSync(join(repository, link)))).toEqual([]);
  });

  it.each(pages.filter((page) => /^docs\/[^/]+\.md$/.test(page)))('is found from the README: %s', (page) => {
    expect(linksOf('README.md')).toContain(page);
  });

  it.each(pages.filter((page) => /^docs\/[^/]+\.md$/.test(page)))('is in the list for tools: %s', (page) => {
    expect(linksOf('llms.txt')).toContain(page);
  });

  it('names only scripts that there are, where tools are told what to type', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read('AGENTS.md').matchAll(/`(?:npm run )?((?:docs:|check|demo)[a-z]*)`/g)].map(([, script = '']) => script);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
    expect(
      Object.keys(scripts).filter((script) => script.startsWith('docs:') && script !== 'docs:quality' && !named.includes(script)),
    ).toEqual([]);
  });

  it.each(pages)('names only commands and options that there are: %s', (page) => {
    const commands = new Map(buildProgram(() => undefined).commands.map((command) => [command.name(), command]));
    const everywhere = new Set(['--help', '--version']);
    const unknown: string[] = [];
    // A line of code, or code in a sentence; what is quoted in bold is said by the program.
    for (const [, name, rest = ''] of read(page).matchAll(/(?:^|(?<!\*\*)`|\| )(?:npx )?multiagent ([a-z]+(?:-[a-z]+)*)\b([^`\n]*)/gm)) {
      const command = commands.get(name ?? '');
      if (command === undefined) {
        unknown.push(name ?? '');
        continue;
      }
      const known = new Set([command, ...command.commands].flatMap(({ options }) => options.map(({ long }) => long)));
      // Behind several spaces, a pipe or a # stands what the command is for.
      const [given = ''] = rest.split(/ {2,}|\||#/);
      for (const [option] of given.matchAll(/--[a-z][\w-]+/g))
        if (!known.has(option) && !everywhere.has(option)) unknown.push(`${name} ${option}`);
    }
    expect(unknown).toEqual([]);
  });

  it('names only rooms and files of the source that there are', () => {
    const names = readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' }).map(
      (name) => `src/${name.replaceAll('\\', '/')}`,
    );
    const named = [...read('docs/architecture.md').matchAll(/`([a-z-]+(?:\/[a-z-]+)*(?:\.ts|\/))`|`(src\/[a-z-]+)`/g)].map(
      ([, file, room]) => room ?? file ?? '',
    );
    expect(named.length).toBeGreaterThan(25);
    expect(
      named.filter((name) => !name.startsWith('test/') && !names.some((path) => `/${path}/`.includes(`/${name.replace(/\/$/, '')}/`))),
    ).toEqual([]);
  });

  it('advises the model that the program advises', () => {
    const advised = [...pages, 'scripts/start-llama-server.sh', '.env.example'].filter((path) => read(path).includes('unsloth/'));
    expect(advised.length).toBeGreaterThan(3);
    for (const path of advised) expect(new Set(read(path).match(/unsloth\/[\w.:-]+/g)), path).toEqual(new Set([advisedModel]));
  });

  it('tells of every type of event in the page for programs', () => {
    const page = read('docs/library.md');
    expect(Object.keys(runStreamEvents).filter((type) => !page.includes(`\`${type}\``))).toEqual([]);
  });

  it('quotes messages as the program says them', () => {
    const source = sourceText();
    const quoted = [...read('docs/troubleshooting.md').matchAll(/^\*\*`(.+)`\*\*$/gm)].map(([, message]) => message ?? '');
    expect(quoted.length).toBeGreaterThan(25);
    // Messages are put together from pieces, at what is filled in and at punctuation; short pieces prove nothing.
    const pieces = quoted.flatMap((message) => message.split(/…|node-llama-cpp|"abc"|` and `|[:;,.(]/)).map((piece) => piece.trim());
    expect(pieces.filter((piece) => piece.length >= 8 && !source.includes(piece))).toEqual([]);
  });
});
