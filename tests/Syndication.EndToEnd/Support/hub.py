# A hub that another program is: keeps the forms that it was sent, a line each, in the file that it is given, and takes them all.
import http.server
import sys


class Hub(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
        with open(sys.argv[2], "a", encoding="ascii") as kept:
            kept.write(form + "\n")
        self.send_response(204)
        self.end_headers()

    def log_message(self, format, *args):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Hub).serve_forever()
