/// Packs without a backend. `?pack=pack|opened|return|known|fork|outside|refused|rtl` says what a chosen file is, and
/// `?given=1` that Assay was started with it; packs that are made or opened are remembered until the page is left.
import type { AppState, HandleRequest, PackInfo, PackIssueRequest, PackLook, PackReturnRequest, PackTaken, PackTakeRequest, PackWritten, Picked, ReturnOutcome } from "../types";
import { fault, option } from "./options";
import { reviewCommands } from "./review";
import { workspaceCommands } from "./workspace";

const LONG = "Health, English and Kiswahili: dosing, triage and what was left out of discharge letters written between 2019 and 2026";

let packs: PackInfo[] = option("state") === "empty" ? [] : [
  packOf("p-5", "q-health", "Health, English: dosing and triage", "Dr Amara Okafor", { samples: 200, answered: 148, acts: 161 }),
  packOf("p-4", "q-legal", "Legal, origin not settled", "مريم الهاشمي", { samples: 59 }),
  packOf("p-3", "q-finance", LONG, "Lin Qiao", { samples: 12, answered: 7, acts: 7, quarantined_from: 7 }),
  packOf("p-2", "q-legal", "أسئلة قانونية، المصدر غير معروف", "Ilse Marchetti", { issued: false, samples: 59, answered: 23, acts: 25 }),
];

function packOf(pack: string, queue: string, queue_name: string, person: string, more: Partial<PackInfo>): PackInfo {
  return { pack, queue, queue_name, person, issued: true, at: "2026-11-03T14:20:00Z", seq: 10_240, samples: 0, answered: 0, acts: 0, quarantined_from: null, ...more };
}

function outcome(more: Partial<ReturnOutcome>): ReturnOutcome {
  return { new: 0, known: 161, left_out: 0, stopped: null, why: null, disputed: 4, newly_disputed: 0, author: "known", fingerprint: "0c9d 5e21 77ab 91fa 4410 8e2d 33c0 7b1e", cosigned: null, ...more };
}

const BRINGS: Record<string, ReturnOutcome> = {
  return: outcome({ new: 52, disputed: 7, newly_disputed: 3, cosigned: 10_241 }),
  newkey: outcome({ new: 52, disputed: 7, newly_disputed: 3, author: "new_key", cosigned: 10_241 }),
  unsigned: outcome({ new: 52, author: "unsigned", fingerprint: null }),
  known: outcome({}),
  fork: outcome({ known: 96, left_out: 65, stopped: "forks", why: "from act 96 on an earlier return says something else; nothing of either stands from there" }),
  outside: outcome({ new: 12, left_out: 40, stopped: "outside_the_pack", why: "act 173 is about a sample outside queue Health, English: dosing and triage" }),
};

/** What the address says a chosen file is. */
function chosen(): Picked {
  const kind = option("pack") ?? "return";
  const label = kind === "rtl" ? "أسئلة قانونية for مريم.assaypack" : kind in BRINGS ? "Health English from Dr Amara Okafor.assayreturn" : "Health English for Dr Amara Okafor.assaypack";
  return { handle: `pack:${kind}`, label };
}

function kindOf(handle: string): string {
  return handle.replace(/^pack:/, "");
}

/** The pack that Assay was started with, until it is taken. */
let given: Picked | null = option("given") ? chosen() : null;

export const packOfStart = (): { pack: Picked | null } => ({ pack: given });
export const pickedPack = chosen;

export const packCommands = {
  packs: (): PackInfo[] => packs,
  pack_look({ handle }: HandleRequest): PackLook {
    const kind = kindOf(handle);
    const { label } = chosen();
    if (kind === "refused") throw fault("invalid_decisions", "the hash of act 41 is not that of what it says; nothing was taken from it", "ask for the file again", { path: label, line: 43 });
    const brings = BRINGS[kind] ?? null;
    const rtl = kind === "rtl";
    return {
      label, brings, queue_name: rtl ? "أسئلة قانونية، المصدر غير معروف" : "Health, English: dosing and triage", dataset: "praxis-instruct", snapshot: 7,
      person: rtl ? "مريم الهاشمي" : "Dr Amara Okafor", role: "expert", issued_by: "Ilse Marchetti", issued: "2026-11-03T14:20:00Z",
      count: brings ? brings.new + brings.known + brings.left_out : 200, rubric: "clinical advice@3", blind: true, opened_before: kind === "opened", seen: brings ? null : kind === "rewritten" ? "contradicts" : "first", head: brings ? null : 10_240,
    };
  },
  pack_take({ handle }: PackTakeRequest): PackTaken {
    const kind = kindOf(handle);
    const look = packCommands.pack_look({ handle });
    reviewCommands.queues();
    given = null;
    if (look.brings) {
      const now = look.brings;
      packs = packs.map((pack) => (pack.pack === "p-5" ? { ...pack, acts: pack.acts + now.new, answered: Math.min(pack.samples, pack.answered + now.new), quarantined_from: now.stopped === "forks" ? now.known : pack.quarantined_from } : pack));
      if (now.new > 0) BRINGS[kind] = outcome({ known: now.known + now.new, disputed: now.disputed });
      return { state: workspaceCommands.app_state(), queue: "q-health", saved: { seq: 10_520, at: new Date().toISOString() }, brought: now };
    }
    if (!look.opened_before) packs = [packOf("p-6", "q-health", look.queue_name, look.person, { issued: false, samples: look.count }), ...packs];
    const open = workspaceCommands.app_state().workspace ? null : workspaceCommands.workspace_open();
    const state: AppState = open ?? workspaceCommands.app_state();
    const named = state.workspace?.people.some((one) => one.name === look.person);
    return { state: named ? workspaceCommands.person_choose({ name: look.person, role: "expert" }) : workspaceCommands.person_add({ name: look.person, role: "expert" }), queue: "q-health", saved: { seq: 10_521, at: new Date().toISOString() }, brought: null };
  },
  pack_issue({ queue, recipient }: PackIssueRequest): PackWritten {
    const info = reviewCommands.queues().find((each) => each.queue === queue)!;
    if (!packs.some((pack) => pack.issued && pack.queue === queue && pack.person === recipient)) packs = [packOf(`p-${packs.length + 10}`, queue, info.name, recipient, { samples: info.size, at: new Date().toISOString(), seq: 10_522 }), ...packs];
    return { path: `/home/ilse/Documents/${info.name} for ${recipient}.assaypack`, count: info.size, signed: false };
  },
  pack_return({ pack, passphrase }: PackReturnRequest): PackWritten {
    const opened = packs.find((each) => each.pack === pack)!;
    return { path: `/home/ilse/Documents/${opened.queue_name} from ${opened.person}.assayreturn`, count: opened.acts, signed: passphrase !== null };
  },
};
