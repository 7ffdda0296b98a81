/// Commands of Duplicates, Coverage, the queue builder, Packs, Rubrics, Gold, Gates, Compare, Trends, Leak, Results, Card and Activity.
export const duplicates = [
  { id: "duplicates.next", title: "Next cluster", group: "Move", keys: ["J"] },
  { id: "duplicates.previous", title: "Previous cluster", group: "Move", keys: ["K"] },
  { id: "duplicates.member.next", title: "Next member", group: "Move", keys: ["]"] },
  { id: "duplicates.member.previous", title: "Previous member", group: "Move", keys: ["["] },
  { id: "duplicates.close", title: "Back to the list", group: "Look", keys: ["Esc"] },
  { id: "duplicates.apart", title: "Not a duplicate…", group: "Decide", keys: ["M"] },
  { id: "duplicates.keep", title: "Keep this one…", group: "Decide", keys: ["T"] },
  { id: "duplicates.undo", title: "Take back what you said last", group: "Decide", keys: ["Z"] },
  { id: "duplicates.redo", title: "Say it again", group: "Decide", keys: ["Shift Z"] },
];
export const coverage: { id: string; title: string; group: string; keys: string[] }[] = [];
export const packs = [{ id: "packs.make", title: "Make a pack…", group: "Decide", keys: ["M"] }];
export const rubrics = [
  { id: "rubrics.next", title: "Next rubric", group: "Move", keys: ["J"] },
  { id: "rubrics.previous", title: "Previous rubric", group: "Move", keys: ["K"] },
  { id: "rubrics.new", title: "New rubric…", group: "Decide", keys: ["N"] },
  { id: "rubrics.edit", title: "Next version of this rubric…", group: "Decide", keys: ["E"] },
  { id: "rubrics.follow", title: "Give a queue this version…", group: "Decide", keys: ["G"] },
  { id: "rubrics.save", title: "Save this version", group: "Decide", keys: ["Ctrl Enter"] },
];
export const queue = [{ id: "queue.freeze", title: "Freeze this queue", group: "Decide", keys: ["Ctrl Enter"] }];
export const gold = [
  { id: "gold.next", title: "Next candidate", group: "Move", keys: ["J"] },
  { id: "gold.previous", title: "Previous candidate", group: "Move", keys: ["K"] },
  { id: "gold.freeze", title: "Freeze the gold set…", group: "Decide", keys: ["F"] },
  { id: "gold.export", title: "Export gold…", group: "Decide", keys: ["Ctrl E"] },
];
export const gates = [
  { id: "gates.next", title: "Next gate", group: "Move", keys: ["J"] },
  { id: "gates.previous", title: "Previous gate", group: "Move", keys: ["K"] },
  { id: "gates.behind", title: "Open what is behind the gate", group: "Look", keys: ["O"] },
  { id: "gates.waive", title: "Waive the gate…", group: "Decide", keys: ["W"] },
  { id: "gates.contract", title: "Choose a contract…", group: "Decide", keys: ["C"] },
  { id: "gates.close", title: "Close without waiving", group: "Look", keys: ["Esc"] },
];
export const compare = [
  { id: "compare.swap", title: "Swap the two sides", group: "Look", keys: ["S"] },
  { id: "compare.figures", title: "Warning signs, or all figures", group: "Look", keys: ["A"] },
];
export const results = [{ id: "results.bring", title: "Bring results…", group: "Decide", keys: ["B"] }];
export const trends = [
  { id: "trends.next", title: "Next sign", group: "Move", keys: ["J"] },
  { id: "trends.previous", title: "Previous sign", group: "Move", keys: ["K"] },
];
export const leak = [
  { id: "leak.next", title: "Next match", group: "Move", keys: ["J"] },
  { id: "leak.previous", title: "Previous match", group: "Move", keys: ["K"] },
];
export const card = [
  { id: "card.export", title: "Export the card…", group: "Decide", keys: ["Ctrl E"] },
  { id: "card.sign", title: "Sign the card…", group: "Decide", keys: ["S"] },
];
export const activity = [
  { id: "activity.next", title: "Next entry", group: "Move", keys: ["J"] },
  { id: "activity.previous", title: "Previous entry", group: "Move", keys: ["K"] },
  { id: "activity.verify", title: "Verify the ledger", group: "Decide", keys: ["V"] },
];
