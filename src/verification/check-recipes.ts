import type { CheckRecipe } from './check-recipe.ts';
import { cargo } from './recipes/cargo.ts';
import { goTest } from './recipes/go-test.ts';
import { goVet } from './recipes/go-vet.ts';
import { javac } from './recipes/javac.ts';
import { jest } from './recipes/jest.ts';
import { maven } from './recipes/maven.ts';
import { nodeScripts } from './recipes/node-scripts.ts';
import { nodeTest } from './recipes/node-test.ts';
import { pytest } from './recipes/pytest.ts';
import { pythonScripts } from './recipes/python-scripts.ts';
import { shellSyntax } from './recipes/shell-syntax.ts';
import { typescriptTypes } from './recipes/typescript-types.ts';
import { unittest } from './recipes/unittest.ts';
import { vitest } from './recipes/vitest.ts';

/** One row for each kind of project; among checks of the same kind, the row above comes first. */
export const checkRecipes: readonly CheckRecipe[] = [
  shellSyntax,
  typescriptTypes,
  goVet,
  javac,
  unittest,
  pytest,
  pythonScripts,
  nodeTest,
  nodeScripts,
  vitest,
  jest,
  goTest,
  cargo,
  maven,
];
