import { createServer } from 'node:http';

const seeds = new Map();

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const notFound = () => new Refused(404, 'not found');

async function packetsOf(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  let packets;
  try {
    packets = JSON.parse(text)?.packets;
  } catch {
    packets = undefined;
  }
  if (!Number.isInteger(packets) || packets < 1) throw new Refused(400, 'packets must be a whole number of at least 1');
  return packets;
}

function nameOf(part) {
  try {
    return decodeURIComponent(part).toLowerCase();
  } catch {
    throw notFound();
  }
}

function kind(name) {
  if (!seeds.has(name)) throw notFound();
  return { name, packets: seeds.get(name) };
}

async function put(name, request) {
  const packets = await packetsOf(request);
  const status = seeds.has(name) ? 200 : 201;
  seeds.set(name, packets);
  return [status, { name, packets }];
}

async function take(name, request) {
  kind(name);
  const packets = await packetsOf(request);
  const left = kind(name).packets - packets;
  if (left < 0) throw new Refused(409, `only ${kind(name).packets} left`);
  seeds.set(name, left);
  if (left === 0) seeds.delete(name);
  return [200, { name, packets: left }];
}

async function respond(request) {
  const [, first, part, action, ...rest] = request.url.split('?')[0].split('/');
  if (first !== 'seeds' || rest.length > 0) throw notFound();
  if (part === undefined && request.method === 'GET') {
    return [200, [...seeds.keys()].sort().map(kind)];
  }
  if (!part) throw notFound();
  const name = nameOf(part);
  if (action === 'take' && request.method === 'POST') return take(name, request);
  if (action === undefined && request.method === 'PUT') return put(name, request);
  if (action === undefined && request.method === 'GET') return [200, kind(name)];
  throw notFound();
}

createServer((request, response) => {
  respond(request)
    .catch((error) => [error.status ?? 500, { error: error.message }])
    .then(([status, value]) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(value));
    });
}).listen(Number(process.env.PORT), '127.0.0.1');
