import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { RestartPolicy } from '../../../src/local-engine/managed/restart-policy.ts';
import { readRecord, type ServerRecord } from '../../../src/local-engine/managed/server-record.ts';
import { startSupervisor, type StartSupervisorOptions } from '../../../src/local-engine/managed/start-supervisor.ts';
import { stopServer } from '../../../src/local-engine/managed/stop-server.ts';
import { systemClock } from '../../../src/utils/clock.ts';
import { freePort } from '../../scripts/script-project.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { patience } from '../../support/patience.ts';

const program = join(import.meta.dirname, 'fake-llama.ts');
/** As the usual one, without making the test wait. */
export const quickPolicy: RestartPolicy = { most: 3, withinMilliseconds: 600_000, firstDelayMilliseconds: 10 };

/** A folder for records and logs, and a fake server on a free port. What was started goes with the test. */
export class ManagedProject {
  readonly folder = temporaryFolder();
  readonly port: number;

  private constructor(port: number) {
    this.port = port;
    onTestFinished(async () => {
      const record = this.record;
      if (record !== undefined) await stopServer({ folder: this.folder, record, clock: systemClock, patienceMilliseconds: 1000 });
    });
  }

  static async create(): Promise<ManagedProject> {
    return new ManagedProject(Number(await freePort()));
  }

  start(options: Partial<StartSupervisorOptions> = {}): Promise<ServerRecord> {
    return startSupervisor({
      folder: this.folder,
      port: this.port,
      address: `http://127.0.0.1:${this.port}/v1`,
      model: 'a model',
      program: process.execPath,
      arguments: [program, this.folder, '--port', String(this.port)],
      environment: { PATH: process.env['PATH'] },
      clock: systemClock,
      policy: quickPolicy,
      ...options,
    });
  }

  get record(): ServerRecord | undefined {
    return readRecord(this.folder, this.port);
  }

  get starts(): number {
    const file = join(this.folder, 'starts');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
  }

  get log(): string {
    return readFileSync(join(this.folder, `${this.port}.log`), 'utf8');
  }

  /** Makes the fake behave otherwise; see fake-llama.ts. */
  say(word: 'dies' | 'deaf', content = ''): void {
    writeFileSync(join(this.folder, word), content);
  }
}

/** Looks again until it holds; what another process does comes in its own time. */
export async function until(holds: () => boolean): Promise<void> {
  const limit = AbortSignal.timeout(patience);
  while (!holds()) {
    limit.throwIfAborted();
    await setTimeout(20);
  }
}
