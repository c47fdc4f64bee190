import { expect, test } from 'vitest';
import { suggestWorkflow } from '../../../src/cli/wizard/suggest-workflow.ts';
import { shippedNames } from '../../../src/workflows/shipped-workflows.ts';

test.each([
  ['# Fix: saving twice loses data', 'bug_fix', 'its first line says "Fix"'],
  ['The import crashes on an empty file', 'bug_fix', 'its first line says "crashes"'],
  ['# Clinic\n\nWe need a Docker setup and a pipeline.', 'infrastructure', 'its first paragraph says "Docker"'],
  ['Terraform for our three servers', 'infrastructure', '"Terraform"'],
  ['# Document the backup tool', 'documentation', '"Document"'],
  ['Write a manual for administrators', 'documentation', '"manual"'],
  ['Should we fix the old importer or replace it?', 'analysis', '"Should we"'],
  ['# Feasibility of offline maps', 'analysis', '"Feasibility"'],
  ['Review the code of the importer', 'code_review', '"Review the code"'],
  ['# Refactor the importer\n\nIt has grown.', 'refactoring', '"Refactor"'],
  ['Write tests for the importer, which is broken', 'tests_for_existing_code', '"Write tests"'],
  ['How does the importer find its files?', 'quick_answer', 'it asks a question'],
  ['Why does the import crash? Fix it.', 'bug_fix', '"crash"'],
  ['# A site for film reviews', 'feature_development', 'nothing more special'],
  [
    '# URL shortener\n\nShort links with statistics.\n\nShip a Dockerfile and documentation. Fix nothing.',
    'feature_development',
    'nothing more',
  ],
  ['# A prefix tree', 'feature_development', 'nothing more special'],
  ['', 'feature_development', 'nothing more special'],
])('%j suggests %s, and says why', (requirement, workflow, why) => {
  const suggested = suggestWorkflow({ requirement, code: 'there' });
  expect(suggested.workflow).toBe(workflow);
  expect(suggested.why).toContain(why);
  expect(shippedNames).toContain(workflow);
});

test.each([
  ['# Fix: saving twice loses data', 'feature_development', 'its first line says "Fix", but there is no code in this folder'],
  ['Review the code of the importer', 'feature_development', 'no code in this folder'],
  ['Refactor the documentation', 'documentation', '"documentation"'],
  ['Terraform for our three servers', 'infrastructure', '"Terraform"'],
])('without code %j suggests %s, and says why', (requirement, workflow, why) => {
  const suggested = suggestWorkflow({ requirement, code: 'none' });
  expect(suggested).toMatchObject({ workflow, why: expect.stringContaining(why) as string });
});
