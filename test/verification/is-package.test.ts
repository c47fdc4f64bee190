import { describe, expect, it } from 'vitest';
import { CheckedProject } from '../../src/verification/checked-project.ts';
import { isPackage } from '../../src/verification/is-package.ts';

describe('a module that was not found', () => {
  const paths = ['calc.py', 'src/shapes/area.py', 'tests/test_course.py', 'lamp.test.js'];
  const project = new CheckedProject({ paths, read: async () => '' });

  it.each(['numpy', 'mysql', 'lodash', '@scope/thing', 'github.com/a/b', 'myst', 'calculator'])('comes from a registry: %s', (name) => {
    expect(isPackage(project, name)).toBe(true);
  });

  it.each(['calc', 'shapes', 'area', 'course', 'lamp', 'your_module', 'my-project', 'main', 'app'])(
    'should be among the files: %s',
    (name) => {
      expect(isPackage(project, name)).toBe(false);
    },
  );
});
