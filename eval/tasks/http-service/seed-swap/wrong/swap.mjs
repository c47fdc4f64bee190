import http from 'node:http';

const seeds = {};

function send(res, status, data) {
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(data));
}

const server = http.createServer((req, res) => {
  let body = '';
  req.on('data', (chunk) => (body += chunk));
  req.on('end', () => {
    const parts = req.url.split('/').filter(Boolean);
    const name = parts[1];
    if (parts[0] !== 'seeds') {
      return send(res, 404, { error: 'not found' });
    }
    if (req.method === 'GET' && parts.length === 1) {
      return send(
        res,
        200,
        Object.keys(seeds).map((key) => ({ name: key, packets: seeds[key] })),
      );
    }
    if (req.method === 'GET' && parts.length === 2) {
      if (!(name in seeds)) return send(res, 404, { error: 'not found' });
      return send(res, 200, { name, packets: seeds[name] });
    }
    if (req.method === 'PUT') {
      const { packets } = JSON.parse(body);
      if (!packets || packets < 1) {
        return send(res, 400, { error: 'packets must be a whole number of at least 1' });
      }
      const status = name in seeds ? 200 : 201;
      seeds[name] = packets;
      return send(res, status, { name, packets });
    }
    if (req.method === 'POST' && parts[2] === 'take') {
      const { packets } = JSON.parse(body);
      if (!(name in seeds)) return send(res, 404, { error: 'not found' });
      if (seeds[name] < packets) return send(res, 409, { error: `only ${seeds[name]} left` });
      seeds[name] -= packets;
      return send(res, 200, { name, packets: seeds[name] });
    }
    send(res, 404, { error: 'not found' });
  });
});

server.listen(process.env.PORT, '127.0.0.1');
