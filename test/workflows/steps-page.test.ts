import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { teamOnFake } from '../support/team-on-fake.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/steps.md'), 'utf8');
/** Of each section the list of steps that it shows. */
const samples = page.split(/^## /m).flatMap((section) => {
  const yaml = /^```yaml\n(.*?)^```$/ms.exec(section)?.[1];
  return yaml === undefined ? [] : [[section.split('\n', 1)[0] ?? '', parse(yaml) as { id: string }[]] as const];
});

/** Different texts, since the same again is no result. */
const pages = ['Wheels turn and are round.', 'Doors open, and close again at night.', 'Roofs keep the rain out of every room.'];

function replies() {
  let reviews = 0;
  let count = 0;
  return ({ taskType }: RequestRecord) => {
    switch (taskType) {
      case 'risk_list':
        return '{"risks": ["It rains."], "level": "low"}';
      case 'plan':
        return '{"steps": [{"kind": "agent", "id": "build", "role": "developer", "task_type": "implementation", "description": "Build it.", "depends_on": [], "expects": "files"}]}';
      case 'triage':
        return '{"kind": "bug"}';
      case 'part_list':
        return '["wheels", "doors"]';
      case 'report':
      case 'page':
        return `# A page\n\n${pages[count++ % pages.length]}`;
      case 'check':
        return (reviews += 1) === 1
          ? '{"verdict": "needs_work", "findings": [{"file": "bells.py", "line": 1, "severity": "major", "text": "It is silent."}]}'
          : '{"verdict": "approved", "findings": []}';
      default:
        return `\`\`\`python:bells.py\nbells = ${reviews}\n\`\`\`\n`;
    }
  };
}

const implementation = { id: 'implementation', role: 'developer', task_type: 'implementation', description: 'Build it.', expects: 'files' };

it('there are samples', () => {
  expect(samples.map(([title]) => title)).toEqual(
    expect.arrayContaining(['Data', 'Checks', 'Loops', 'Cases', 'Lists', 'Plans', 'Other workflows']),
  );
});

it.each(samples)('the sample of the section "%s" runs to its end', async (_, steps) => {
  const { engine } = await teamOnFake({ server: { reply: replies() } });
  engine.registerWorkflow({
    name: 'painting',
    inputs: { colour: { type: 'text' }, coats: { type: 'number' } },
    outputs: { litres: 'inputs.coats * 3' },
    steps: [{ id: 'dry', kind: 'wait', seconds: 1 }],
  });
  const isWhole = steps.some(({ id }) => id === 'implementation') || !JSON.stringify(steps).includes('"depends_on":["implementation"]');
  engine.registerWorkflow({
    name: 'sample',
    title: 'Sample',
    description: 'A sample.',
    steps: (isWhole ? steps : [implementation, ...steps]) as never,
  });
  const result = await engine.executeWorkflow('sample', 'Write `bells.py`.');
  expect(result.error).toBe(null);
  expect(result.status).toBe('completed');
});
