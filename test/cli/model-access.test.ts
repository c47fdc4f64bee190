import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { modelAccess } from '../../src/cli/model-access.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../support/instant-clock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('a recording holds the exchanges with one server: a second one is refused while the first is in use', async () => {
  const server = await startFakeLlamaServer();
  onTestFinished(() => server.close());
  const directory = temporaryFolder();
  const recorded = join(directory, 'a.jsonl');
  const options = {
    engine: 'server',
    address: server.address,
    remote: 'refused',
    timeoutMilliseconds: 60_000,
    clock: instantClock(),
  } as const;
  const refused = {
    code: 'recording.several_models',
    category: 'usage',
    hint: expect.stringContaining('Leave out --record and --replay') as string,
  };
  const common = { directory, secrets: [], tasksAtOnce: 1 } as const;
  {
    await using access = await modelAccess({ record: recorded, replay: undefined, ...common });
    const first = await access.connect!(options);
    await expect(access.connect!(options)).rejects.toMatchObject(refused);
    await first.close();
    await (await access.connect!(options)).close();
  }
  await using access = await modelAccess({ record: undefined, replay: recorded, ...common });
  await access.connect!(options);
  await expect(access.connect!(options)).rejects.toMatchObject(refused);
});
