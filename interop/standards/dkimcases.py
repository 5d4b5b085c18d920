"""Signatures by hand, with any tags, and which of them are good by the RFC. Python's own and openssl's, nothing else."""

import base64
import hashlib
import os
import re
import subprocess
import time

NOW = int(time.time())


def fields_of(header):
    return re.findall(rb"[^\r\n]+(?:\r\n[ \t][^\r\n]*)*\r\n", header)


def relaxed_field(field):
    name, value = field.split(b":", 1)
    value = re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip(b" \t")
    return name.strip(b" \t").lower() + b":" + value + b"\r\n"


def canonical_body(body, how):
    if how == "relaxed":
        lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
        body = b"\r\n".join(lines)
    body = re.sub(rb"(\r\n)*\Z", b"", body)
    return body + b"\r\n" if body or how == "simple" else b""


def by_hand(message, pem, tags, field=b"DKIM-Signature", algorithm="rsa", bh=None, work="/tmp"):
    """The message with a signature in front: tags as they are told, None for left out, bh= and b= made unless told."""
    header, body = message.split(b"\r\n\r\n", 1)
    header += b"\r\n"
    c = (tags.get("c") or "simple/simple").replace(" ", "").split("/")
    how_header, how_body = c[0], c[1] if len(c) > 1 else "simple"
    content = canonical_body(body, how_body)
    if tags.get("l") is not None and str(tags["l"]).isdigit():
        content = content[:int(tags["l"])]
    whole = dict(tags)
    whole.setdefault("bh", base64.b64encode(hashlib.sha256(content).digest()).decode())
    whole.setdefault("b", "")
    text = ";\r\n\t".join(f"{name}={value}" for name, value in whole.items() if value is not None).encode()
    own = field + b": " + text
    left = fields_of(header)
    picked = b""
    for name in re.sub(r"\s", "", whole.get("h") or "").lower().encode().split(b":"):
        for at in range(len(left) - 1, -1, -1):
            if left[at].split(b":")[0].strip().lower() == name:
                picked += relaxed_field(left[at]) if how_header == "relaxed" else left[at]
                del left[at]
                break
    last = own + b"\r\n"
    data = picked + (relaxed_field(last) if how_header == "relaxed" else last)[:-2]
    signature = sign(data, pem, algorithm, work)
    signed = own if tags.get("b") else re.sub(rb"(?<=[\t ;])b=$|(?<=[\t ;])b=(?=;)", b"b=" + signature, own, count=1)
    return signed + b"\r\n" + message


def sign(data, pem, algorithm, work):
    """RFC 8463 §3: Ed25519 signs the hash, not the data."""
    key = os.path.join(work, "hand.pem")
    digest = os.path.join(work, "hand.digest")
    with open(key, "wb") as file:
        file.write(pem)
    with open(digest, "wb") as file:
        file.write(hashlib.sha256(data).digest())
    options = ["-rawin"] if algorithm == "ed25519" else ["-pkeyopt", "digest:sha256"]
    made = subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", key, "-in", digest, *options],
                          stdout=subprocess.PIPE, check=True)
    return base64.b64encode(made.stdout)


BASE = {"v": "1", "a": "rsa-sha256", "c": "relaxed/relaxed", "d": "example.org", "s": "sel", "h": "from:to:subject"}


def t(**changed):
    tags = {**BASE, **changed}
    return {name.rstrip("_"): value for name, value in tags.items()}


# Name, tags, change of the key record (None: as it is), good, RFC.
CASES = [
    ("defaults", t(), None, True, "6376 §3.5"),
    ("no c=: simple/simple", t(c=None), None, True, "6376 §3.5 c="),
    ("c= without body: simple", t(c="relaxed"), None, True, "6376 §3.5 c="),
    ("c= unknown", t(c="relaxed/loose"), None, False, "6376 §3.5 c="),
    ("folding inside tags", t(h="from :\r\n\t to\r\n : subject"), None, True, "6376 §3.2, §3.5 h="),
    ("names in any case", t(h="FROM:To:sUBJECT"), None, True, "6376 §3.5 h="),
    ("unknown tags", t(zz="1", r_x="a b"), None, True, "6376 §3.2"),
    ("tag twice", t(z="1") | {" z": "2"}, None, False, "6376 §3.2"),
    ("domain in upper case", t(d="EXAMPLE.org"), None, True, "6376 §3.5 d="),
    ("version 2", t(v="2"), None, False, "6376 §3.5 v="),
    ("no version", t(v=None), None, False, "6376 §3.5 v="),
    ("no algorithm", t(a=None), None, False, "6376 §3.5 a="),
    ("algorithm unknown", t(a="rsa-sha512"), None, False, "6376 §3.5 a="),
    ("algorithm of the wrong key", t(a="ed25519-sha256"), None, False, "6376 §3.6.1 k="),
    ("no domain", t(d=None), None, False, "6376 §3.5 d="),
    ("no selector", t(s=None), None, False, "6376 §3.5 s="),
    ("no h=", t(h=None), None, False, "6376 §3.5 h="),
    ("From not signed", t(h="to:subject"), None, False, "6376 §5.4"),
    ("no bh=", t(bh=None), None, False, "6376 §3.5 bh="),
    ("bh= wrong", t(bh="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="), None, False, "6376 §6.1.3"),
    ("b= is no base64", t(b="?not?base64?"), None, False, "6376 §3.5 b="),
    ("b= too short", t(b="AAAA"), None, False, "6376 §6.1.3"),
    ("field of the future", t(t=NOW + 864000), None, True, "6376 §3.5 t= (MAY ignore)"),
    ("expired", t(t=NOW - 900000, x=NOW - 864000), None, False, "6376 §3.5 x= (§6.1.1 MAY)"),
    ("not yet expired", t(t=NOW - 60, x=NOW + 864000), None, True, "6376 §3.5 x="),
    ("expires before it begins", t(t=NOW - 60, x=NOW - 120), None, False, "6376 §3.5 x="),
    ("times that are no numbers", t(t="soon"), None, False, "6376 §3.5 t="),
    ("i= of the domain", t(i="ann@example.org"), None, True, "6376 §3.5 i="),
    ("i= of a subdomain", t(i="ann@sub.example.org"), None, True, "6376 §3.5 i="),
    ("i= of a name that ends alike", t(i="ann@badexample.org"), None, False, "6376 §3.5 i="),
    ("i= elsewhere", t(i="ann@example.com"), None, False, "6376 §3.5 i="),
    ("i= without localpart", t(i="@example.org"), None, True, "6376 §3.5 i="),
    ("i= in quoted-printable", t(i="a=3Db@example.org"), None, True, "6376 §2.11"),
    ("l= of all", t(l=27), None, True, "6376 §3.5 l="),
    ("l= of nothing", t(l=0), None, True, "6376 §3.5 l="),
    ("l= of more than there is", t(l=1000), None, False, "6376 §3.5 l="),
    ("l= negative", t(l="-1"), None, False, "6376 §3.5 l="),
    ("q= as it is", t(q="dns/txt"), None, True, "6376 §3.5 q="),
    ("q= unknown and known", t(q="http/x:dns/txt"), None, True, "6376 §3.5 q="),
    ("q= unknown only", t(q="http/x"), None, False, "6376 §3.5 q="),
    ("z= with copied fields", t(z="From:ann@example.org|To:you@example.net"), None, True, "6376 §3.5 z="),
    ("fields that aren't there", t(h="from:from:to:cc:x-none:subject"), None, True, "6376 §5.4.2"),
    ("no key", t(s="none"), None, False, "6376 §6.1.2"),
    ("key revoked", t(), "v=DKIM1; k=rsa; p=", False, "6376 §3.6.1 p="),
    ("key without version", t(), "k=rsa; p=KEY", True, "6376 §3.6.1 v="),
    ("key without type", t(), "p=KEY", True, "6376 §3.6.1 k="),
    ("key of version 2", t(), "v=DKIM2; p=KEY", False, "6376 §3.6.1 v="),
    ("key of unknown type", t(), "v=DKIM1; k=elgamal; p=KEY", False, "6376 §3.6.1 k="),
    ("key whose version isn't first", t(), "p=KEY; v=DKIM1", False, "6376 §3.6.1 v="),
    ("key for sha256", t(), "v=DKIM1; h=sha256; p=KEY", True, "6376 §3.6.1 h="),
    ("key for sha1 only", t(), "v=DKIM1; h=sha1; p=KEY", False, "6376 §3.6.1 h="),
    ("key for mail", t(), "v=DKIM1; s=email; p=KEY", True, "6376 §3.6.1 s="),
    ("key for anything", t(), "v=DKIM1; s=*; p=KEY", True, "6376 §3.6.1 s="),
    ("key for other services", t(), "v=DKIM1; s=tlsrpt; p=KEY", False, "6376 §3.6.1 s="),
    ("key for testing", t(), "v=DKIM1; t=y; p=KEY", True, "6376 §3.6.1 t="),
    ("key strict, domain itself", t(i="ann@example.org"), "v=DKIM1; t=s; p=KEY", True, "6376 §3.6.1 t="),
    ("key strict, subdomain", t(i="ann@sub.example.org"), "v=DKIM1; t=s; p=KEY", False, "6376 §3.6.1 t="),
    ("key with unknown tags and spaces", t(), " v = DKIM1 ;\t n = a note ; zz=1 ; p = KEY ; ", True, "6376 §3.2"),
    ("key in pieces", t(), "v=DKIM1; p=KE Y", True, "6376 §3.6.1 p="),
    ("key that is no key", t(), "v=DKIM1; p=AAAA", False, "6376 §6.1.2"),
    ("another's key", t(), "v=DKIM1; p=OTHER", False, "6376 §6.1.3"),
]
