import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlparse

sightings = []


class Handler(BaseHTTPRequestHandler):
    def send_json(self, status, data):
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    def do_GET(self):
        url = urlparse(self.path)
        if url.path == '/sightings':
            query = parse_qs(url.query)
            result = sightings
            if 'direction' in query:
                result = [s for s in result if s['direction'] == query['direction'][0]]
            if 'ship' in query:
                result = [s for s in result if s['ship'] == query['ship'][0]]
            self.send_json(200, result)
        elif url.path.startswith('/sightings/'):
            number = int(url.path.split('/')[-1])
            for sighting in sightings:
                if sighting['id'] == number:
                    self.send_json(200, sighting)
                    return
            self.send_json(404, {'error': 'not found'})
        elif url.path == '/summary':
            hours = {}
            for s in sightings:
                hours[s['time'][:2]] = hours.get(s['time'][:2], 0) + 1
            self.send_json(200, {
                'in': len([s for s in sightings if s['direction'] == 'in']),
                'out': len([s for s in sightings if s['direction'] == 'out']),
                'busiest': max(hours, key=hours.get) if hours else None,
            })
        else:
            self.send_json(404, {'error': 'not found'})

    def do_POST(self):
        if self.path != '/sightings':
            self.send_json(404, {'error': 'not found'})
            return
        data = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
        if not data.get('ship'):
            self.send_json(400, {'error': 'bad ship'})
            return
        if data.get('direction') not in ['in', 'out']:
            self.send_json(400, {'error': 'bad direction'})
            return
        if ':' not in data.get('time', ''):
            self.send_json(400, {'error': 'bad time'})
            return
        sighting = {'id': len(sightings) + 1, 'ship': data['ship'], 'direction': data['direction'], 'time': data['time']}
        sightings.append(sighting)
        self.send_json(201, sighting)

    def do_DELETE(self):
        global sightings
        number = int(self.path.split('/')[-1])
        sightings = [s for s in sightings if s['id'] != number]
        self.send_response(204)
        self.end_headers()


if __name__ == '__main__':
    HTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
