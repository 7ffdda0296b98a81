"""Verifies an exported ledger without any of Assay's code: what an auditor could write from docs/formats.md.

    python3 verify_ledger.py LEDGER.jsonl PUBLIC_KEY       one line, exit 0 or 1
    python3 verify_ledger.py --campaign LEDGER.jsonl KEY [EVERY [FIRST]]
                                                           flips each bit, or every so many; each must be rejected

Standard library only. Checks form (RFC 8785), hashes and tree (RFC 6962), the signed head (C2SP signed note, checkpoint,
Ed25519 of RFC 8032), the chain, ids, and the rules that matter most: who promoted, on which approvals, who signed, with which key.
"""
import base64
import hashlib
import json
import sys

# ---- Ed25519, RFC 8032 section 6, verification only -------------------------------------------------------------------
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def point_add(a, b):
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    u, v = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, v - u, v + u, t + s
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_mul(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = point_add(total, point)
        point, number = point_add(point, point), number >> 1
    return total


def recover(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def decode_point(data):
    number = int.from_bytes(data, "little")
    return recover(number & ((1 << 255) - 1), number >> 255)


BASE = recover(4 * pow(5, P - 2, P) % P, 0)


def verifies(public, message, signature):
    a, r, s = decode_point(public), decode_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = point_mul(s, BASE), point_add(r, point_mul(h, a))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


# ---- Hashes and form --------------------------------------------------------------------------------------------------
class Broken(Exception):
    pass


def need(holds, why):
    if not holds:
        raise Broken(why)


def sha(data):
    return hashlib.sha256(data).digest()


def canonical(value):
    """RFC 8785 for texts, whole numbers, lists and objects; keys by UTF-16 code unit."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    need(not isinstance(value, float), "a number that is not whole")
    return json.dumps(value, ensure_ascii=False)


def unique(pairs):
    need(len({key for key, _ in pairs}) == len(pairs), "a key stands twice")
    return dict(pairs)


def tree(leaves):
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\x01" + tree(leaves[:split]) + tree(leaves[split:]))


def strict64(text):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, "base64 that is not written plainly")
    return data


def parse_key(written):
    name, key_id, typed = written.split("+", 2)
    typed = strict64(typed)
    need(typed[0] == 1 and len(typed) == 33, "not an Ed25519 key")
    need(sha(name.encode() + b"\n" + typed)[:4].hex() == key_id, "the key's hash is that of another key")
    return name, typed[1:], bytes.fromhex(key_id)


def check_head(text, key, size, root, first_id):
    name, public, key_id = parse_key(key)
    body, _, lines = text.rpartition("\n\n")
    body += "\n"
    need(body == f"assay/ledger/{first_id}\n{size}\n{base64.b64encode(root).decode()}\n", "the head is not over these entries")
    need(lines.endswith("\n"), "the head is cut off")
    for line in lines[:-1].split("\n"):
        dash, signer, data = line.split(" ")
        data = strict64(data)
        if dash == "\u2014" and signer == name and data[:4] == key_id:
            need(verifies(public, body.encode(), data[4:]), "the head's signature does not hold")
            return
    raise Broken("the trusted key did not sign the head")


# ---- Rules ------------------------------------------------------------------------------------------------------------
class Rules:
    def __init__(self):
        self.roles, self.decisions, self.keys, self.rubrics, self.settled = {}, {}, {}, set(), {}

    def follow(self, body):
        kind, actor = body["kind"], body["actor"]
        if kind == "person_added":
            need(body["name"] not in self.roles, "a person stands twice")
            self.roles[body["name"]] = body["role"]
        elif kind == "rubric_added":
            self.rubrics.add(canonical(body["rubric"]["id"]))
        elif kind == "decided":
            need(canonical(body["rubric"]) in self.rubrics, "a rubric that does not exist")
            if body["answer"]["verdict"] != "skip":
                self.decisions[body["id"]] = (body["sample"], actor, body["answer"]["verdict"])
        elif kind == "undone":
            need(body.get("reason") is None or body["reason"].strip(), "an amendment that does not say why")
            self.decisions.pop(body["decision"], None)
        elif kind == "adjudicated":
            reviewers = {self.decisions[one][1] for one in body["settles"] if one in self.decisions}
            need(actor not in reviewers, "an adjudicator who reviewed the sample")
            self.settled[body["id"]] = (body["sample"], actor, body["answer"]["verdict"])
        elif kind == "gold_promoted":
            need(self.roles.get(actor) in ("curator", "lead"), "a promoter without the role")
            need(body["approvals"], "a promotion without approvals")
            for one in body["approvals"]:
                found = self.settled.get(one) or self.decisions.get(one)
                need(found and found[0] == body["sample"] and found[2] == "approve", "an approval that is none")
                need(self.roles.get(found[1]) != "machine", "an approval by a machine")
        elif kind == "key_added":
            need(body["person"] == actor and body["public"] not in self.keys, "a key that is claimed by another, or twice")
            claim = f"assay key claim v1\n{body['id']}\n{actor}\n{body['public']}\n"
            need(verifies(parse_key(body["public"])[1], claim.encode(), strict64(body["proof"])), "a key that does not sign its claim")
            self.keys[body["public"]] = actor
            self.keys.pop(body["replaces"], None)
        elif kind == "key_revoked":
            need(self.keys.pop(body["public"], None), "a key that was not in use is revoked")
        elif kind in ("signed_off", "sign_off_joined"):
            need(self.roles.get(actor) == "lead" and self.keys.get(body["key"]) == actor, "a signer without role or key")


def verify(data, key):
    lines = data.decode("utf-8").split("\n")
    need(lines.pop() == "", "the last line is cut off")
    rows = []
    for line in lines:
        row = json.loads(line, object_pairs_hook=unique, parse_constant=lambda word: need(False, word))
        need(canonical(row) == line, "a line that is not canonical")
        rows.append(row)
    header, head = rows[0], rows.pop()
    need(set(header) == {"entries", "format", "root"} and header["format"] == "assay-ledger-2", "unknown format")
    need(set(head) == {"head"}, "no signed head")
    leaves, ids, previous, bodies = [], set(), None, []
    for seq, row in enumerate(rows[1:]):
        need(set(row) == {"body", "leaf", "seq"} and row["seq"] == seq, "an entry is missing")
        body = row["body"]
        leaf = sha(b"\x00" + canonical(body).encode())
        need(row["leaf"] == "sha256:" + leaf.hex(), "a body without its hash")
        need(body["previous"] == previous and body["id"] not in ids, "an entry out of the chain")
        previous = row["leaf"]
        ids.add(body["id"])
        leaves.append(leaf)
        bodies.append(body)
    root = tree(leaves)
    need(header["entries"] == len(leaves) and header["root"] == "sha256:" + root.hex(), "not the stated entries")
    check_head(head["head"], key, len(leaves), root, bodies[0]["id"])
    rules = Rules()
    for body in bodies:
        rules.follow(body)
    return len(leaves)


def holds(data, key):
    try:
        return verify(data, key)
    except (Broken, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None


def campaign(data, key, every=1, first=0):
    data, tried, missed = bytearray(data), 0, 0
    for place in range(first, len(data) * 8, every):
        at, bit = divmod(place, 8)
        data[at] ^= 1 << bit
        tried, missed = tried + 1, missed + (holds(bytes(data), key) is not None)
        data[at] ^= 1 << bit
    print(f"{tried} mutants, {missed} accepted")
    return missed == 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    runs_campaign = arguments[0] == "--campaign"
    path, trusted, *steps = arguments[runs_campaign:]
    with open(path, "rb") as file:
        content = file.read()
    entries = holds(content, trusted)
    print(f"whole: {entries} entries" if entries else "broken")
    good = entries is not None and (not runs_campaign or campaign(content, trusted, *map(int, steps)))
    sys.exit(0 if good else 1)
