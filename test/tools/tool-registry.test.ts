import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listFiles } from '../../src/tools/built-in/list-files.ts';
import { readFile } from '../../src/tools/built-in/read-file.ts';
import { ToolRegistry } from '../../src/tools/tool-registry.ts';

describe('the tools of a model', () => {
  it('are found by name, in their order', () => {
    const registry = new ToolRegistry([readFile, listFiles]);
    expect(registry.names).toEqual(['read_file', 'list_files']);
    expect(registry.get('list_files')).toBe(listFiles);
    for (const name of ['', 'constructor', '__proto__', 'READ_FILE']) expect(registry.get(name)).toBeUndefined();
  });

  it.each([
    ['two of one name', [readFile, readFile], 'There are two tools named read_file.'],
    ['a name that no model can write', [{ ...readFile, name: 'read file' }], 'A tool cannot have the name read file.'],
    [
      'an object as a parameter',
      [{ ...readFile, parameters: z.object({ files: z.array(z.string()) }) }],
      'The parameter files of the tool read_file is no string, number, boolean or choice.',
    ],
  ])('cannot be made with %s', (_, tools, message) => {
    expect(() => new ToolRegistry(tools as (typeof readFile)[])).toThrow(message);
  });

  it('are described for native calls by JSON Schema, and for calls in text by a line each', () => {
    const registry = new ToolRegistry([readFile, listFiles]);
    expect(registry.describe()[1]).toEqual({
      name: 'list_files',
      description: 'Lists the files and folders in a folder of the project. Names of folders end with /.',
      parameters: {
        type: 'object',
        properties: { folder: { type: 'string', description: "Relative to the project's folder; without it, that folder itself" } },
        additionalProperties: false,
      },
    });
    expect(registry.describeAsText().split('\n')).toEqual([
      'read_file("README.md")  Shows the text of a file of the project, or a part of its lines.',
      'list_files()  Lists the files and folders in a folder of the project. Names of folders end with /.',
    ]);
  });
});
