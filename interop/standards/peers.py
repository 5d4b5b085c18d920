"""What the scripts that compare this suite with other implementations share."""

import atexit
import os
import subprocess
import sys
import traceback

TOP = os.environ["MOX_TOP"]
FAILED = []


class Ours:
    """A Java program beside this file, as a process that answers questions. Words are bytes or text."""

    def __init__(self, program):
        command = [os.environ["MOX_JAVA"], "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData",
                   "-cp", os.environ["MOX_LIBRARIES"], f"{TOP}/interop/standards/{program}.java"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        atexit.register(self.close)

    def ask(self, *words):
        line = b"\t".join(escaped(word) for word in words) + b"\n"
        self.process.stdin.write(line)
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError("the Java program ended")
        answer = [plain(word) for word in answer[:-1].split(b"\t")]
        if answer[0] == b"!":
            raise RuntimeError(f"{words[0]}: {answer[1].decode('latin-1')}")
        return answer

    def close(self):
        """It ends with its input."""
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def escaped(word):
    word = word.encode() if isinstance(word, str) else word
    return word.replace(b"\\", b"\\\\").replace(b"\t", b"\\t").replace(b"\n", b"\\n").replace(b"\r", b"\\r")


def plain(word):
    pieces = word.split(b"\\\\")
    return b"\\".join(p.replace(b"\\t", b"\t").replace(b"\\n", b"\n").replace(b"\\r", b"\r") for p in pieces)


def rsa_key(bits, traditional=False):
    """A key in PEM, as PKCS #8 or in the older form of PKCS #1."""
    made = subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{bits}"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    if traditional:
        made = subprocess.run(["openssl", "rsa", "-traditional"], input=made, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              check=True).stdout
    return made


def report(name, problems):
    """One line: ok when there are no problems."""
    problems = list(problems)
    print(f"ok {name}" if not problems else f"FAIL {name}: " + "; ".join(problems), flush=True)
    if problems:
        FAILED.append(name)


def note(peer, agrees, reason):
    """What is said of a peer that is known to differ from the standard; newer versions of it may not."""
    if reason is None:
        return ""
    return f" ({peer} no longer differs)" if agrees else f" ({peer} differs: {reason})"


def run(*steps):
    """Runs steps, each of which reports for itself; one that breaks is a failure and doesn't keep the others from running."""
    for step in steps:
        try:
            step()
        except Exception:
            traceback.print_exc()
            report(step.__name__.replace("_", " "), ["ended early, see above"])
    sys.exit(1 if FAILED else 0)


def mail(*lines, body=b"Hello,\r\n\r\nthis is a test.\r\n"):
    """A message of header lines, the usual ones put in front."""
    usual = [b"From: Ann Example <ann@example.org>", b"To: you@example.net", b"Subject: a test",
             b"Date: Tue, 24 Nov 2026 10:00:00 +0000", b"Message-ID: <1@example.org>"]
    return b"\r\n".join([*usual, *lines]) + b"\r\n\r\n" + body


MESSAGES = {
    "plain": mail(),
    "folded": mail(b"X-Folded: one\r\n two\r\n\tthree\r\n   four", b"References: <a@b>\r\n <c@d>\r\n\t<e@f>"),
    "spaces": mail(b"X-Spaces:   many   spaces\tand\t\ttabs  \t ", b"X-None:nothing before", body=b" a  b \t c\t\r\n\t\r\nend \r\n"),
    "empty values": mail(b"Reply-To:", b"Cc: ", b"X-Blank:  \t", b"X-Folded-Blank: \r\n \r\n\t"),
    "eight bits": mail("Comments: Grüße aus Köln".encode(), "X-Utf8: ☃ snow".encode(), body="Grüße\r\n☃\r\n".encode()),
    "latin": mail(b"Comments: Gr\xfc\xdfe", body=b"Gr\xfc\xdfe \xff\xfe\x80\r\n"),
    "twice": mail(b"To: other@example.net", b"Comments: one", b"Comments: two", b"comments: three", b"SUBJECT-ID: x"),
    "cases": mail(b"cC: a@example.org", b"REPLY-TO: b@example.org", b"mime-version: 1.0", b"cOnTeNt-TyPe: text/plain"),
    "empty body": mail(body=b""),
    "only line ends": mail(body=b"\r\n\r\n\r\n"),
    "line ends at the end": mail(body=b"text\r\n\r\n\r\n\r\n"),
    "spaces at the end": mail(body=b"text\r\n  \r\n\t\r\n \r\n"),
    "no line end": mail(body=b"text\r\nand the last line has no end"),
    "only spaces": mail(body=b"   \t"),
    "dots": mail(body=b".\r\n..\r\n.x\r\n"),
    "long lines": mail(b"X-Long: " + b"word " * 500, body=b"x" * 5000 + b"\r\n" + b"y z\t" * 2000 + b"\r\n"),
    "large": mail(body=b"".join(b"line %d  of  many \r\n" % i for i in range(4000))),
    "multipart": mail(b"MIME-Version: 1.0", b'Content-Type: multipart/mixed; boundary="b"',
                      body=b"--b\r\n\r\none\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>two</p>\r\n--b--\r\n"),
}


def changes(message):
    """Changes that no signature over them may survive, by name."""
    header, body = message.split(b"\r\n\r\n", 1)
    return {
        "subject changed": message.replace(b"Subject: a test", b"Subject: a tesT"),
        "from changed": message.replace(b"ann@example.org>", b"eve@example.org>", 1),
        "body changed": header + b"\r\n\r\n" + (body + b"x" if not body.strip() else body.replace(body.strip()[:1], b"#", 1)),
        "line added": header + b"\r\n\r\n" + body + (b"" if body.endswith(b"\r\n") or not body else b"\r\n") + b"more\r\n",
        "second from": b"From: eve@example.com\r\n" + message,
        "second subject": b"Subject: buy\r\n" + message,
    }
