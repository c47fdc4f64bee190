import { expect, test } from 'vitest';
import { suggestWorkflow } from '../../../src/cli/wizard/suggest-workflow.ts';

test.each([
  ['# Fix: saving twice loses data', 'bug_fix'],
  ['The import crashes on an empty file', 'bug_fix'],
  ['# Clinic\n\nWe need a Docker setup and a pipeline.', 'infrastructure'],
  ['Terraform for our three servers', 'infrastructure'],
  ['# Document the backup tool', 'documentation'],
  ['Write a manual for administrators', 'documentation'],
  ['Should we fix the old importer or replace it?', 'analysis'],
  ['# Feasibility of offline maps', 'analysis'],
  ['Review the code of the importer', 'code_review'],
  ['# Refactor the importer\n\nIt has grown.', 'refactoring'],
  ['# A site for film reviews', 'feature_development'],
  ['# URL shortener\n\nShort links with statistics.\n\nShip a Dockerfile and documentation. Fix nothing.', 'feature_development'],
  ['# A prefix tree', 'feature_development'],
  ['', 'feature_development'],
])('%j suggests %s', (requirement, workflow) => expect(suggestWorkflow(requirement)).toBe(workflow));
