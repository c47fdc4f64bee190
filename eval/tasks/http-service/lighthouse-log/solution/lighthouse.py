"""The log of a lighthouse, over HTTP: python3 lighthouse.py PORT"""

import collections
import json
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


class Refused(Exception):
    """An answer other than the one that was hoped for."""

    def __init__(self, status, error):
        super().__init__(error)
        self.status = status


class Log:
    """The sightings, and the number of the last one."""

    def __init__(self):
        self.sightings = {}
        self.last = 0

    def add(self, body):
        ship, direction, time = (body.get(name) for name in ("ship", "direction", "time"))
        if not isinstance(ship, str) or not ship.strip():
            raise Refused(400, "bad ship")
        if direction not in ("in", "out"):
            raise Refused(400, "bad direction")
        if not isinstance(time, str) or not TIME.fullmatch(time):
            raise Refused(400, "bad time")
        self.last += 1
        self.sightings[self.last] = {"id": self.last, "ship": ship.strip(), "direction": direction, "time": time}
        return self.sightings[self.last]

    def one(self, number):
        if number not in self.sightings:
            raise Refused(404, "not found")
        return self.sightings[number]

    def select(self, query):
        found = list(self.sightings.values())
        for direction in query.get("direction", [])[:1]:
            found = [one for one in found if one["direction"] == direction]
        for ship in query.get("ship", [])[:1]:
            found = [one for one in found if one["ship"].casefold() == ship.strip().casefold()]
        return sorted(found, key=lambda one: (one["time"], one["id"]))

    def summary(self):
        directions = collections.Counter(one["direction"] for one in self.sightings.values())
        hours = collections.Counter(one["time"][:2] for one in self.sightings.values())
        busiest = min(hours, key=lambda hour: (-hours[hour], hour), default=None)
        return {"in": directions["in"], "out": directions["out"], "busiest": busiest}


log = Log()
lock = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            with lock:
                status, value = self.respond(urlsplit(self.path), body)
        except Refused as refused:
            status, value = refused.status, {"error": str(refused)}
        self.send_response(status)
        if value is not None:
            payload = json.dumps(value).encode()
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)
        else:
            self.end_headers()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    def respond(self, url, body):
        number = re.fullmatch(r"/sightings/([0-9]{1,9})", url.path)
        if url.path == "/sightings" and self.command == "GET":
            return 200, log.select(parse_qs(url.query))
        if url.path == "/sightings" and self.command == "POST":
            return 201, log.add(self.object_of(body))
        if url.path == "/summary" and self.command == "GET":
            return 200, log.summary()
        if number:
            sighting = log.one(int(number[1]))
            if self.command == "GET":
                return 200, sighting
            if self.command == "DELETE":
                del log.sightings[sighting["id"]]
                return 204, None
        if number or url.path in ("/sightings", "/summary"):
            raise Refused(405, "method not allowed")
        raise Refused(404, "not found")

    def object_of(self, body):
        try:
            value = json.loads(body)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise Refused(400, "bad json")
        return value


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
