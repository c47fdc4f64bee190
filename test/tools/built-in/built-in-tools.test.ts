import { describe, expect, it } from 'vitest';
import { builtInTools } from '../../../src/tools/built-in/built-in-tools.ts';
import { readCalls } from '../../../src/tools/calls/read-calls.ts';
import { prepareCall } from '../../../src/tools/prepare-call.ts';
import { ToolRegistry } from '../../../src/tools/tool-registry.ts';

const registry = new ToolRegistry(builtInTools);

describe('the tools that come along', () => {
  it('are few, and described in few words', () => {
    expect(registry.describeAsText().split('\n')).toEqual([
      'read_file("README.md")  Shows the text of a file of the project, or a part of its lines.',
      'list_files()  Lists the files and folders in a folder of the project. Names of folders end with /.',
      'search_files("some words")  Finds the lines of the project that contain a text. It is taken letter by letter; case does not matter.',
      'execute_command("python3 -m unittest")  Runs a command in the project\'s folder, without input, and shows what it prints.',
      'git_operation("diff")  Shows or records changes of the project with Git: status, diff, log, branch, commit (all that has changed), merge.',
      'database_schema("schema.sql")  Shows the tables, columns, keys and indexes of an SQLite file, or of a .sql file that creates tables.',
      'database_query("SELECT count(*) FROM orders")  Shows the rows that a SELECT finds in an SQLite file of the project. Nothing can be changed with it.',
      'scan_secrets()  Finds keys, tokens and passwords that stand in files of the project: where and of which kind, never what they are.',
      'audit_dependencies()  Looks at what the project depends on: which versions are left open, what comes from no registry, what runs when it is installed.',
      'look_at_page("index.html")  Opens a page of the project, or of a server on this machine, in a browser: its text, headings, links, fields and buttons, and what went wrong.',
    ]);
  });

  it.each(builtInTools.map(({ name, example }) => [name, example]))('show a call that is right: %s', (name, example) => {
    const { calls } = readCalls(example, registry.names);
    expect(calls.map((call) => prepareCall(registry, call))).toMatchObject([{ kind: 'prepared', call: { tool: name } }]);
  });

  it('have flat parameters for native calls: texts, numbers and choices', () => {
    const types = registry
      .describe()
      .flatMap(({ parameters }) => Object.values(parameters['properties'] as Record<string, { type: string }>));
    expect(new Set(types.map(({ type }) => type))).toEqual(new Set(['string', 'integer']));
    // Nobody is given the usual ones and those for databases and security at once.
    const [usual, special] = [builtInTools.slice(0, 5), builtInTools.slice(5)];
    for (const tools of [usual, special]) expect(JSON.stringify(new ToolRegistry(tools).describe()).length).toBeLessThan(3000);
  });

  it.each([
    ['read_file("a", 2, 3)', 'read', 'a'],
    ['list_files()', 'read', undefined],
    ['search_files("x", folder="src")', 'read', 'x'],
    ['execute_command("npm test")', 'execute', 'npm test'],
    ['git_operation("status")', 'read', 'status'],
    ['database_schema()', 'read', undefined],
    ['database_query("SELECT 1", file="a.db")', 'read', 'SELECT 1'],
    ['scan_secrets("src")', 'read', 'src'],
    ['audit_dependencies()', 'read', undefined],
    ['look_at_page("a.html")', 'execute', 'a.html'],
    ['look_at_page("http://localhost:80/")', 'network', 'http://localhost:80/'],
    ['git_operation("commit", "Why")', 'write', 'commit'],
  ])('are called in text by %s', (line, risk, firstArgument) => {
    const { calls } = readCalls(line, registry.names);
    expect(calls.map((call) => prepareCall(registry, call))).toMatchObject([{ kind: 'prepared', call: { risk, firstArgument } }]);
  });
});
