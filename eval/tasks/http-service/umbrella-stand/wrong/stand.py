import json
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

count = 0


class StandHandler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/stand":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps({"umbrellas": count}).encode())
        else:
            self.send_error(404)

    def do_POST(self):
        global count
        if self.path == "/stand/put":
            count += 1
        elif self.path == "/stand/take":
            count -= 1
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps({"umbrellas": count}).encode())


if __name__ == "__main__":
    server = HTTPServer(("127.0.0.1", int(os.environ.get("PORT", 8000))), StandHandler)
    server.serve_forever()
