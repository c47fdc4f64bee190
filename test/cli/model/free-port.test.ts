import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { choosePort } from '../../../src/cli/model/free-port.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';

/** The port of a program that is no model server: it hangs up on whoever calls. */
async function otherProgram(): Promise<number> {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function modelServer(): Promise<number> {
  const server = await startFakeLlamaServer();
  onTestFinished(() => server.close());
  return Number(new URL(server.address).port);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const taken = (port: number | string, holder: string) => ({
  code: 'server.port_taken',
  category: 'model',
  message: `Port ${port} is taken by ${holder}.`,
  hint: 'Use or stop that program, or choose a free port with --port.',
});

it('the port that is asked for is taken, or it is said by whom it is', async () => {
  const free = await freePort();
  expect(await choosePort(free)).toBe(free);
  const [other, model] = [await otherProgram(), await modelServer()];
  await expect(choosePort(other)).rejects.toMatchObject(taken(other, 'another program'));
  await expect(choosePort(model)).rejects.toMatchObject(taken(model, 'a model server that was not started here'));
});

it('of the usual ports the first free one is taken, and none behind a model server, which runs would find', async () => {
  const [other, another, model, free] = [await otherProgram(), await otherProgram(), await modelServer(), await freePort()];
  expect(await choosePort(undefined, [other, free])).toBe(free);
  await expect(choosePort(undefined, [model, free])).rejects.toMatchObject(taken(model, 'a model server that was not started here'));
  await expect(choosePort(undefined, [other, another])).rejects.toMatchObject(taken(`${other} and ${another}`, 'other programs'));
});
