"""Verifies the message in a file with opendkim-testmsg, which asks the name server: in a network namespace of its own that is this program.

Arguments: the file, and name=record, as DNS would answer. Ends as opendkim-testmsg does, and says what that says.
"""
import fcntl
import socket
import struct
import subprocess
import sys
import tempfile
import threading

SIOCSIFFLAGS = 0x8914
UP_LOOPBACK_RUNNING = 0x1 | 0x8 | 0x40

records = dict(a.split("=", 1) for a in sys.argv[2:])


def text(record):
    """A TXT record: strings of up to 255 bytes, each with its length before it (RFC 1035 section 3.3.14)."""
    return b"".join(bytes([len(record[i:i + 255])]) + record[i:i + 255].encode() for i in range(0, len(record), 255))


def answer(question):
    labels, at = [], 12
    while question[at]:
        labels.append(question[at + 1:at + 1 + question[at]].decode())
        at += question[at] + 1
    asked = question[12:at + 5]
    record = records.get(".".join(labels).lower())
    if record is None:
        return question[:2] + struct.pack(">HHHHH", 0x8183, 1, 0, 0, 0) + asked
    data = text(record)
    return question[:2] + struct.pack(">HHHHH", 0x8180, 1, 1, 0, 0) + asked + b"\xc0\x0c" + struct.pack(">HHIH", 16, 1, 60, len(data)) + data


def serve(server):
    while True:
        question, peer = server.recvfrom(4096)
        server.sendto(answer(question), peer)


with tempfile.NamedTemporaryFile("w") as resolver:
    resolver.write("nameserver 127.0.0.1\n")
    resolver.flush()
    subprocess.run(["mount", "--bind", resolver.name, "/etc/resolv.conf"], check=True)
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    fcntl.ioctl(server.fileno(), SIOCSIFFLAGS, struct.pack("16sh", b"lo", UP_LOOPBACK_RUNNING))
    server.bind(("127.0.0.1", 53))
    threading.Thread(target=serve, args=(server,), daemon=True).start()
    # It takes lines as files have them here, and ends each as mail does.
    message = open(sys.argv[1], "rb").read().replace(b"\r\n", b"\n")
    done = subprocess.run(["/usr/sbin/opendkim-testmsg"], input=message, capture_output=True)
    print((done.stdout + done.stderr).decode().strip() or "accepted")
    sys.exit(done.returncode)
