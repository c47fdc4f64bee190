import { expect, it } from 'vitest';
import { completeSettings } from '../../../src/config/complete-settings.ts';
import { connectRunModels } from '../../../src/orchestrator/models/run-models.ts';
import { connectionOf } from '../routing/connection-of.ts';

it('a model that nobody needed when the run began is asked for only after it was connected', async () => {
  const opened: string[] = [];
  const models = await connectRunModels({
    settings: completeSettings({ models: { prose: { base_url: 'http://127.0.0.1:2/v1' } } }),
    users: [{ role: 'developer', taskType: 'implementation' }],
    routes: [],
    open: async (place) => {
      opened.push(place);
      return connectionOf([`model-of-${place}`]);
    },
  });
  const writer = { role: 'technical_writer', taskType: 'documentation', model: 'prose' };
  expect(() => models.of(writer)).toThrow(
    expect.objectContaining({
      code: 'model.not_connected',
      message: 'The model prose was not needed when the run began, and is not connected.',
      hint: expect.stringContaining('Resume or retry the run') as string,
    }),
  );
  await models.add('prose');
  expect(models.of(writer).model).toBe('model-of-prose');
  expect(opened).toEqual(['default', 'prose']);
});
