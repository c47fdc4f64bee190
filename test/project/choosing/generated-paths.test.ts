import { expect, it } from 'vitest';
import { generatedPart } from '../../../src/project/choosing/generated-paths.ts';

it.each([
  ['node_modules/x/dist/i.js', 'node_modules/'],
  ['web/dist/i.js', 'web/dist/'],
  ['vendor/', 'vendor/'],
  ['Cargo.lock', 'Cargo.lock'],
  ['api/go.sum', 'api/go.sum'],
  ['a.min.css', 'a.min.css'],
  ['a.js.map', 'a.js.map'],
  ['api_pb2.py', 'api_pb2.py'],
  ['x.generated.ts', 'x.generated.ts'],
  ['dist', undefined],
  ['src/vendor.ts', undefined],
  ['src/map.ts', undefined],
  ['lock.py', undefined],
  ['build/tool.py', undefined],
  ['package.json', undefined],
])('of %s, %s was built or fetched', (path, part) => {
  expect(generatedPart(path)).toBe(part);
});
