import { describe, expect, it } from 'vitest';
import { eventsOfType, startedReplies } from '../../support/team-on-fake.ts';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { analysis, teamWithSteps } from '../step-kinds/team-with-steps.ts';

const schema = {
  type: 'object',
  properties: { risks: { type: 'array', items: { type: 'string' }, maxItems: 3 }, level: { enum: ['low', 'high'] } },
  required: ['risks', 'level'],
};
const step = { ...analysis('risks', [], 'risk_list'), expects: { json: schema } };
const right = '{"risks": ["It rains."], "level": "low"}';
const wrong = '{"risks": "It rains.", "level": "medium"}';

async function runWith(replies: string[], options: object = {}) {
  const texts = [...replies];
  const team = await teamWithSteps([step], { server: { reply: () => texts.shift() ?? 'no more', ...options } });
  const result = await team.run();
  const state = await team.orchestrator.loadRun(result.workflow_id);
  return {
    ...team,
    result,
    task: state.tasks.get('risks'),
    bodies: team.server.requests.map(({ body }) => body as Record<string, unknown>),
  };
}

describe('a step whose reply is bound by a JSON Schema', () => {
  it('sends the schema, shows it, checks the reply, and has the value among its outputs and as a file', async () => {
    const { task, bodies, result, events } = await runWith([right]);
    expect(result.status).toBe('completed');
    expect(task?.outputs).toEqual({ json: { risks: ['It rains.'], level: 'low' } });
    expect(bodies[0]?.['response_format']).toMatchObject({ type: 'json_schema', json_schema: { schema } });
    expect(startedReplies(events)[0]?.data.message).toContain(JSON.stringify(schema));
    expect(startedReplies(events)[0]?.data.message).not.toContain('Markdown document');
    expect(eventsOfType(events, 'artifact.written').map(({ data }) => data.path)).toEqual(['01-risk_list.json']);
  });

  it('takes a value that stands in a fence, or has words around it', async () => {
    const { task } = await runWith([`Here it is:\n\n\`\`\`json\n${right}\n\`\`\`\n`]);
    expect(task?.outputs).toMatchObject({ json: { level: 'low' } });
  });

  it.each([
    ['the wrong shape', wrong, 'level: '],
    ['prose', 'There are no risks.', 'no JSON'],
  ])('has one corrective turn for %s, which names what is wrong', async (_, reply, fault) => {
    const { task, events } = await runWith([reply, right]);
    expect(task?.outputs).toMatchObject({ json: { level: 'low' } });
    const [, correction] = startedReplies(events);
    expect(correction?.data.message).toContain(fault);
  });

  it('fails where the corrected reply is wrong, too, and keeps both replies', async () => {
    const { task, result, bodies } = await runWith([wrong, wrong]);
    expect(result.status).toBe('failed');
    expect(task?.error).toMatchObject({ code: 'reply.not_json' });
    expect(task?.error?.message).toContain('The team did not manage risk_list in two replies: the reply does not fit its schema');
    expect(task?.activities.map((activity) => activity.kind === 'reply' && activity.text)).toEqual([wrong, wrong]);
    expect(bodies).toHaveLength(2);
  });

  it('checks the reply of a server that takes no schema all the same', async () => {
    const body = JSON.stringify({ error: { code: 400, message: "Unsupported field 'response_format'", type: 'invalid_request_error' } });
    const when = (request: RequestRecord) => request.body['response_format'] !== undefined;
    const { task, bodies } = await runWith(['to the request that fails', wrong, right], {
      faults: [{ when, fault: { kind: 'status', status: 400, body } }],
    });
    expect(bodies.map((sent) => 'response_format' in sent)).toEqual([true, false, false]);
    expect(task?.outputs).toMatchObject({ json: { level: 'low' } });
  });
});

it.each([
  [{ json: { type: 'text' } }, 'steps[0].expects.json.type: expected one of object'],
  [{ json: 'object' }, 'steps[0].expects'],
  ['txt', 'steps[0].expects: unknown value "txt"; did you mean text?'],
  [{ jsn: {} }, 'steps[0].expects: unknown key jsn; did you mean json?'],
  [{}, 'steps[0].expects.json: is missing'],
])('refuses %j when the workflow is registered', async (expects, message) => {
  await expect(teamWithSteps([{ ...step, expects: expects as never }])).rejects.toThrow(message);
});
