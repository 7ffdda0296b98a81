/** Signing a card without a backend: a lead without a key makes one, opens three exceptions, signs; option `signed=changed` shows what changed since. */
import type { EntryProof, EntryProofRequest, HeadMark, HeadSignRequest, KeyCreated, KeyInfo, KeyRevoked, KeyRevokeRequest, Signed, SignLook, SignLookAnswer, SignMeaning, SignOffInfo, SignRequest, SignState, SignWithdrawn, SnapshotRequest, StatementDigest, Trust } from "..";
import { fault, option } from "./options";

const digest = (first: string, words: string): StatementDigest => ({ hex: first.repeat(8), words: words.split(" ") });
const SIGNER = "Lin Qiao";

let hasKey = option("signed") !== null;
let seq = 10_500;
let signOffs: SignOffInfo[] = option("signed") ? [offAt(6, "changed" === option("signed") ? 7 : 6)] : [];

function offAt(number: number, snapshot: number): SignOffInfo {
  return { id: `0192f0c1-a2b3-7fff-bfff-00000000000${number}`, seq: 10_400 + number, dataset: "praxis-instruct", snapshot, meaning: "I, Lin Qiao, lead, have read the card.", at: "2026-10-05T09:12:00Z", by: [SIGNER], missing: 0, statement: digest("b84e10c6", "copper harbor fennel winter"), state: "stands" };
}

function saved() {
  seq += 1;
  return { seq, at: new Date().toISOString() };
}

function meanings(name: string): SignMeaning[] {
  const said = (word: string, label: string, refused: string | null, approve: string, first: string, words: string): SignMeaning => ({
    word, name: label, refused, waived: 4, failing: 4, sentence: `I, ${SIGNER}, lead, have read the card of ${name}, snapshot 7, and the 3 exceptions listed in it. ${approve}`,
    statement: hasKey && refused === null ? digest(first, words) : null,
  });
  return [
    said("approved", "Approved for training", "not possible: 4 gates fail", "I approve it for training.", "00000000", "abandon abandon abandon abandon"),
    said("approved-with-waivers", "Approved for training, with waivers", null, "I approve it for training with the 4 waivers that stand in it.", "b84e10c6", "copper harbor fennel winter"),
    said("reviewed", "Reviewed, not approved", null, "I do not approve it for any use.", "27a9f3d1", "ozone drill grab fiber"),
  ];
}

function lookAt({ dataset, snapshot }: SnapshotRequest): SignLook {
  return {
    dataset, snapshot: snapshot ?? 7, signer: SIGNER, refused: option("role") === "lead" || option("role") === null ? null : "only leads sign cards",
    key: hasKey ? { name: SIGNER, id: "7b1e33c0", fingerprint: "7b1e 33c0 91fa 4410 8e2d 77ab 1c09 d5e2", is_here: true } : null,
    meanings: meanings(dataset),
    exceptions: [{ kind: "gate", what: "The gate max_near_rate fails." }, { kind: "quarantined", what: "7 records are in quarantine." }, { kind: "open", what: "Nobody has written the section on purpose." }],
    files: 7, source_files: 214, samples: 1_284_594, root: "3f9c81d2".repeat(8), entries: 10_413, gold_members: 4_812, signers: 1, reviewers: 3, signer_reviewed: false, revised: 6,
    supersedes: signOffs.find((one) => one.state === "stands") ?? null,
  };
}

let copies: string | null = null;
let unlocked = false;
let kept = false;

function trustNow(): Trust {
  const signed = unlocked || option("signed") !== null;
  return {
    entries: 10_413, head: signed ? (unlocked ? 10_413 : 10_401) : null, by: signed ? [SIGNER] : [], since: signed ? "2026-11-18T17:02:11Z" : null,
    strength: signed ? (copies ? "other_drive" : "this_machine") : "none", broken: null, trouble: null, copies, is_unlocked: unlocked, is_kept: kept, has_keychain: option("keychain") !== "none", has_key: hasKey,
    marks: signed ? marksNow() : [], heads: signed ? 34 : 0,
    keeping: { recovered: option("recovered") ? "2 entries and 1 kept file came back from the journal" : null, backups: "/home/ilse/.config/org.assay.desktop/backups/4f0c1be2", backed_up: 10_400, trouble: null, has_ballast: true },
    last_signed: signOffs.find((one) => one.state === "stands") ?? null,
  };
}

function marksNow(): HeadMark[] {
  const mark = (entries: number, strength: string, at: string, by: string[]): HeadMark => ({ entries, strength, at, by });
  return [
    mark(10_021, "cosigned", "2026-11-09T10:40:00Z", [SIGNER, "Dr Amara Okafor"]),
    mark(10_401, copies ? "other_drive" : "other_folder", "2026-11-18T17:02:11Z", [SIGNER]),
    ...(unlocked ? [mark(10_413, "this_machine", "2026-11-20T11:06:23Z", [SIGNER])] : []),
  ];
}

let keys: KeyInfo[] = [
  keyOf(SIGNER, "7b1e 33c0 91fa 4410 8e2d 77ab 1c09 d5e2", {}),
  keyOf("Dr Amara Okafor", "0c9d 5e21 77ab 91fa 4410 8e2d 33c0 7b1e", { is_here: false }),
  keyOf("مريم الهاشمي", "a410 8e2d 77ab 1c09 d5e2 7b1e 33c0 91fa", { until: "2026-10-02T08:00:00Z", compromised: true }),
];

function keyOf(person: string, fingerprint: string, { is_here = true, ...more }: Partial<KeyInfo> & { is_here?: boolean }): KeyInfo {
  return { key: { name: person, id: fingerprint.replaceAll(" ", "").slice(0, 8), fingerprint, is_here }, public: `${person}+${fingerprint.slice(0, 4)}`, person, since: "2026-06-01T09:00:00Z", until: null, compromised: false, ...more };
}

export const signingCommands = {
  keys: (): KeyInfo[] => keys,
  key_revoke({ public: written, compromised }: KeyRevokeRequest): KeyRevoked {
    keys = keys.map((key) => (key.public === written ? { ...key, until: new Date().toISOString(), compromised } : key));
    return { saved: saved() };
  },
  trust: trustNow,
  entry_proof({ seq }: EntryProofRequest): EntryProof | null {
    const { head, by } = trustNow();
    if (head === null || seq >= head) return null;
    const step = (is_left: boolean, first: number, last: number) => ({ is_left, first, last, hash: `${(first + 17) * 2_654_435_761}`.padEnd(16, "57b9cfc0").repeat(4).slice(0, 64) });
    return { head, root: "e17c04b95d2a77c1".repeat(4), by, steps: [step(true, seq - 1, seq - 1), step(true, seq - 3, seq - 2), step(false, seq + 1, seq + 8)], text: "c2sp.org/tlog-proof@v1\n" };
  },
  key_forget(): Trust {
    [unlocked, kept] = [false, false];
    return trustNow();
  },
  head_sign({ passphrase, keep }: HeadSignRequest): Trust {
    if (passphrase.length < 12) throw fault("not_allowed", "the passphrase does not open the key", "type it again");
    unlocked = true;
    kept ||= keep;
    return trustNow();
  },
  heads_copy(): Trust {
    copies = "/media/stick/heads";
    return trustNow();
  },
  sign_look(request: SnapshotRequest): SignLookAnswer {
    return { job: null, answer: lookAt(request) };
  },
  sign_card({ passphrase, statement, snapshot }: SignRequest): Signed {
    if (passphrase.length < 12) throw fault("not_allowed", "the passphrase does not open the key", "type it again");
    const entry = saved();
    const words = meanings("").find((meaning) => meaning.statement?.hex === statement)?.statement ?? digest("b84e10c6", "copper harbor fennel winter");
    signOffs = [{ ...offAt(7, snapshot), seq: entry.seq, at: entry.at, statement: words }, ...signOffs.map((one) => ({ ...one, state: "superseded" }))];
    return { saved: entry, folder: "/home/ilse/cards/praxis-instruct-7", files: ["VERIFY.txt", "SHA256SUMS", "README.md", "croissant.json", "card.html", "card.json", "manifest.jsonl", "gold.json", "envelope.json", "sign-off.tlog-proof"], statement: words, missing: 0 };
  },
  key_create(): KeyCreated {
    hasKey = true;
    return { saved: saved(), public: "Lin%20Qiao+7b1e33c0+AQ" };
  },
  sign_withdraw(): SignWithdrawn {
    signOffs = signOffs.map((one) => one.state === "stands" ? { ...one, state: "withdrawn" } : one);
    return { saved: saved() };
  },
  sign_state(): SignState {
    const stands = signOffs.find((one) => one.state === "stands");
    const changed = option("signed") === "changed" && stands?.seq === 10_406;
    return {
      sign_offs: signOffs,
      changes: stands ? (changed ? [{ figure: "review › Health, English › approved", then: "38", now: "39" }, { figure: "review › Health, English › left", then: "121", now: "120" }, { figure: "gold › members", then: "4812", now: "4811" }] : []) : null,
    };
  },
};
