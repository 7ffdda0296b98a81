/** What does a key mean on the review screen, right now? Pure, so that every rule can be tested. */

export type ReviewCommand =
  | { kind: 'verdict'; verdict: 'approve' | 'unsure' | 'skip' }
  | { kind: 'openReasons' }
  | { kind: 'closeReasons' }
  | { kind: 'reason'; index: number }
  | { kind: 'label'; index: number }
  | { kind: 'score'; score: number }
  | { kind: 'row'; step: 1 | -1 }
  | { kind: 'leaveRow' }
  | { kind: 'note' }
  | { kind: 'look'; step: 1 | -1 }
  | { kind: 'undo' }
  | { kind: 'redo' }
  | { kind: 'compare' }
  | { kind: 'larger' }
  | { kind: 'smaller' }
  | { kind: 'retry' }
  | { kind: 'copyUnsaved' }
  | { kind: 'saveElsewhere' };

/** The part of a keyboard event that matters. */
export interface Press {
  readonly key: string;
  readonly shift: boolean;
  /** Ctrl, Alt or Meta: those belong to the application. */
  readonly modified: boolean;
  readonly repeat: boolean;
  readonly composing: boolean;
  readonly inTextField: boolean;
}

/** What is on the screen. */
export interface Situation {
  readonly painted: boolean;
  readonly reasonsOpen: boolean;
  readonly rowChosen: boolean;
  readonly blocked: boolean;
  readonly labels: number;
  readonly reasons: number;
  readonly criteria: number;
}

/** What digits mean: never two things at once. */
export type DigitMeaning = 'reason' | 'score' | 'label';

export function digitMeaning(situation: Pick<Situation, 'reasonsOpen' | 'rowChosen'>): DigitMeaning {
  if (situation.reasonsOpen) return 'reason';
  return situation.rowChosen ? 'score' : 'label';
}

/** `null`: the key means nothing here, and is left to whatever else wants it. */
export function meaningOf(press: Press, situation: Situation): ReviewCommand | null {
  if (press.repeat || press.composing || press.inTextField || press.modified) return null;
  if (press.key === 'Escape') return escapeMeaning(situation);
  if (situation.blocked) return blockedMeaning(press);
  if (!situation.painted) return null;
  return digitCommand(press, situation) ?? letterCommand(press, situation);
}

function escapeMeaning(situation: Situation): ReviewCommand | null {
  if (situation.reasonsOpen) return { kind: 'closeReasons' };
  return situation.rowChosen ? { kind: 'leaveRow' } : null;
}

/** While a save has failed only what may rescue it, and looking around, have keys. */
function blockedMeaning(press: Press): ReviewCommand | null {
  if (press.shift) return null;
  switch (press.key.toLowerCase()) {
    case 'r': return { kind: 'retry' };
    case 'c': return { kind: 'copyUnsaved' };
    case 'w': return { kind: 'saveElsewhere' };
    default: return null;
  }
}

function digitCommand(press: Press, situation: Situation): ReviewCommand | null {
  if (!/^[1-9]$/.test(press.key)) return null;
  const digit = Number(press.key);
  switch (digitMeaning(situation)) {
    case 'reason': return digit <= situation.reasons ? { kind: 'reason', index: digit - 1 } : null;
    case 'score': return { kind: 'score', score: digit };
    case 'label': return digit <= situation.labels ? { kind: 'label', index: digit - 1 } : null;
  }
}

function letterCommand(press: Press, situation: Situation): ReviewCommand | null {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (key === 'z') return press.shift ? { kind: 'redo' } : { kind: 'undo' };
  if (key === '+' || key === '=') return { kind: 'larger' };
  if (press.shift) return null;
  switch (key) {
    case 'a': return { kind: 'verdict', verdict: 'approve' };
    case 'u': return { kind: 'verdict', verdict: 'unsure' };
    case 's': return { kind: 'verdict', verdict: 'skip' };
    case 'x': return situation.reasonsOpen ? { kind: 'closeReasons' } : { kind: 'openReasons' };
    case 'n': return { kind: 'note' };
    case 'j': return { kind: 'look', step: 1 };
    case 'k': return { kind: 'look', step: -1 };
    case 'd': return { kind: 'compare' };
    case '-': return { kind: 'smaller' };
    case 'ArrowDown': return rowCommand(situation, 1);
    case 'ArrowUp': return rowCommand(situation, -1);
    default: return null;
  }
}

function rowCommand(situation: Situation, step: 1 | -1): ReviewCommand | null {
  if (situation.reasonsOpen || situation.criteria === 0) return null;
  return { kind: 'row', step };
}
