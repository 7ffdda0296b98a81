import { describe, expect, it } from 'vitest';
import { digitMeaning, meaningOf, type Press, type Situation } from './meaning';

const press = (key: string, change: Partial<Press> = {}): Press => ({ key, shift: false, modified: false, repeat: false, composing: false, inTextField: false, ...change });
const open: Situation = { painted: true, reasonsOpen: false, rowChosen: false, blocked: false, labels: 4, reasons: 9, criteria: 3 };

describe('verdict keys', () => {
  it('are A, U and S; X asks for a reason first', () => {
    expect(meaningOf(press('a'), open)).toEqual({ kind: 'verdict', verdict: 'approve' });
    expect(meaningOf(press('u'), open)).toEqual({ kind: 'verdict', verdict: 'unsure' });
    expect(meaningOf(press('s'), open)).toEqual({ kind: 'verdict', verdict: 'skip' });
    expect(meaningOf(press('x'), open)).toEqual({ kind: 'openReasons' });
  });

  it('are the same with caps lock on', () => {
    expect(meaningOf(press('A'), open)).toEqual({ kind: 'verdict', verdict: 'approve' });
    expect(meaningOf(press('Z'), open)).toEqual({ kind: 'undo' });
  });

  it.each([
    ['held down', press('a', { repeat: true }), open],
    ['part of a composed character', press('a', { composing: true }), open],
    ['typed into a text field', press('a', { inTextField: true }), open],
    ['pressed with Ctrl', press('a', { modified: true }), open],
    ['pressed before the sample is painted', press('a'), { ...open, painted: false }],
    ['pressed while a save has failed', press('a'), { ...open, blocked: true }],
  ])('mean nothing when %s', (_, key, situation) => {
    expect(meaningOf(key, situation)).toBeNull();
  });

  it.each(['Backspace', 'Delete', 'Enter', ' '])('%s never decides', (key) => {
    expect(meaningOf(press(key), open)).toBeNull();
    expect(meaningOf(press(key), { ...open, reasonsOpen: true })).toBeNull();
  });
});

describe('digits', () => {
  it('are labels, then scores while a rubric row is chosen, then reasons while the strip is open', () => {
    expect(digitMeaning(open)).toBe('label');
    expect(digitMeaning({ reasonsOpen: false, rowChosen: true })).toBe('score');
    expect(digitMeaning({ reasonsOpen: true, rowChosen: true })).toBe('reason');
  });

  it('choose by position, and nothing where there is no such label or reason', () => {
    expect(meaningOf(press('4'), open)).toEqual({ kind: 'label', index: 3 });
    expect(meaningOf(press('5'), open)).toBeNull();
    expect(meaningOf(press('9'), { ...open, reasonsOpen: true })).toEqual({ kind: 'reason', index: 8 });
    expect(meaningOf(press('3'), { ...open, rowChosen: true })).toEqual({ kind: 'score', score: 3 });
  });
});

describe('Escape', () => {
  it('closes the reasons first, then leaves the rubric row', () => {
    expect(meaningOf(press('Escape'), { ...open, reasonsOpen: true, rowChosen: true })).toEqual({ kind: 'closeReasons' });
    expect(meaningOf(press('Escape'), { ...open, rowChosen: true })).toEqual({ kind: 'leaveRow' });
    expect(meaningOf(press('Escape'), open)).toBeNull();
  });
});

describe('after a failed save', () => {
  it('R, C and W rescue it', () => {
    const blocked = { ...open, blocked: true };
    expect(meaningOf(press('r'), blocked)).toEqual({ kind: 'retry' });
    expect(meaningOf(press('c'), blocked)).toEqual({ kind: 'copyUnsaved' });
    expect(meaningOf(press('w'), blocked)).toEqual({ kind: 'saveElsewhere' });
  });
});
