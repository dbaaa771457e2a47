"""Verifies every DKIM signature of the message on standard input with python3-dkim. Arguments: name=record, as DNS would answer."""
import sys
import dkim

records = dict(a.split("=", 1) for a in sys.argv[1:])


def answer(name, timeout=5):
    record = records.get(name.decode().rstrip("."))
    return record.encode() if record else None


message = sys.stdin.buffer.read()
verifier = dkim.DKIM(message, minkey=1024)
count = sum(1 for name, _ in verifier.headers if name.lower() == b"dkim-signature")


def holds(index):
    try:
        return verifier.verify(idx=index, dnsfunc=answer)
    except dkim.ValidationError:
        return False  # the hash of the body is another one


print(" ".join(str(holds(i)) for i in range(count)))
