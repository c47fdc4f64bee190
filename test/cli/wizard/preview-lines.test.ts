import { describe, expect, test } from 'vitest';
import { previewLines } from '../../../src/cli/wizard/preview-lines.ts';
import { textWidth } from '../../../src/cli/views/text-width.ts';
import { shippedNames } from '../../../src/workflows/shipped-workflows.ts';
import { WorkflowCatalogue } from '../../../src/workflows/workflow-catalogue.ts';

describe.each(shippedNames)('the preview of %s', (name) => {
  const definition = new WorkflowCatalogue().get(name);
  test.each([40, 60, 80, 160])('fits %i columns', (columns) => {
    const lines = previewLines(definition, columns);
    expect(lines).toHaveLength(definition.steps.length);
    for (const line of lines) expect(textWidth(line)).toBeLessThan(columns);
  });

  test('names every step and who does it', () => {
    for (const [index, line] of previewLines(definition, 120).entries()) {
      const { id = '', kind = '' } = definition.steps[index] ?? {};
      expect(line).toContain(id);
      expect(line).toMatch(kind === 'agent' ? /Analyst|Developer|Engineer|Writer/u : new RegExp(`${kind}$`));
    }
  });
});
