import { expect, test } from 'vitest';
import { botcoderOnFake } from '../../support/botcoder-on-fake.ts';
import { askBotserver, botserverChecks } from '../../support/protocol/checks/botserver-checks.ts';

test.each(botserverChecks)('multiagent serve --botcoder, $name: $promise', async ({ observe, expected }) => {
  const { serving } = await botcoderOnFake();
  expect(await observe(askBotserver(serving.address))).toEqual(expected);
});
