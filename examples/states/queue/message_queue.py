"""A message queue over HTTP, in memory. POST /messages puts one in, DELETE /messages takes the oldest out (204: none),
GET /health answers 200."""
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

messages = deque()


class Queue(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def answer(self, status, body=b''):
        self.send_response(status)
        if status != 204:
            self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(200, b'healthy\n') if self.path == '/health' else self.answer(404)

    def do_POST(self):
        messages.append(self.rfile.read(int(self.headers.get('Content-Length', 0))))
        self.answer(202)

    def do_DELETE(self):
        try:
            self.answer(200, messages.popleft())
        except IndexError:
            self.answer(204)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(('0.0.0.0', 5672), Queue).serve_forever()
