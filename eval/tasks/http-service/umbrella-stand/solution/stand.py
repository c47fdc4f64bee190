"""Counts the umbrellas in a stand."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

lock = Lock()
umbrellas = 0


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path != "/stand":
            return self.answer(404, {"error": "not found"})
        return self.answer(200, {"umbrellas": umbrellas})

    def do_POST(self):
        global umbrellas
        with lock:
            if self.path == "/stand/put":
                umbrellas += 1
            elif self.path != "/stand/take":
                return self.answer(404, {"error": "not found"})
            elif umbrellas == 0:
                return self.answer(409, {"error": "empty"})
            else:
                umbrellas -= 1
            return self.answer(200, {"umbrellas": umbrellas})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8000"))), Handler).serve_forever()
