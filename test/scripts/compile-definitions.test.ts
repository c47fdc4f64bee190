import { describe, expect, it } from 'vitest';
import { compileDefinitions } from '../../scripts/compile-definitions.ts';
import { builtInRoles } from '../../src/agents/role-catalogue.ts';
import { StepKindRegistry } from '../../src/orchestrator/step-kinds/step-kind-registry.ts';
import { shippedNames } from '../../src/workflows/shipped-workflows.ts';
import { WorkflowCatalogue } from '../../src/workflows/workflow-catalogue.ts';

const compiled = compileDefinitions();

describe('the definitions that the build reads', () => {
  it('are the same after they were written as JSON', () => {
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
  });

  it('are all workflows that ship', () => {
    const catalogue = new WorkflowCatalogue({ kinds: () => new StepKindRegistry().declarations });
    for (const name of shippedNames) expect(compiled[`workflows/templates/${name}.yaml`]).toEqual(catalogue.get(name));
  });

  it('are all roles that ship, and their instructions', () => {
    const paths = builtInRoles().roles.flatMap(({ id, tasks }) => ['role', ...tasks.keys()].map((file) => `agents/roles/${id}/${file}.md`));
    expect(Object.keys(compiled).filter((path) => path.startsWith('agents/'))).toEqual(paths.toSorted());
  });
});
