/// What does each step of a rubric row mean? Read from its guidance, `1: wrong in substance. 2: an error that matters.`

/** Meanings by step; empty where the guidance is one sentence about the whole row. */
export type ScaleWords = ReadonlyMap<number, string>;

export function scaleWords(guidance: string): ScaleWords {
  const steps = [...guidance.matchAll(/(?:^|\s)(\d+):\s*(.+?)(?=[.;]?\s+\d+:|[.;]?\s*$)/gs)];
  if (steps.length < 2) return new Map();
  return new Map(steps.map(([, step, words]) => [Number(step), words!.trim()]));
}

/** The one line that stands under a row's name: the step in question, else the step that was given, else the highest. */
export function guidanceLine(guidance: string, words: ScaleWords, max: number, asked: number | null, given: number | undefined): string {
  const step = asked ?? given ?? max;
  const meaning = words.get(step) ?? words.get(max);
  return meaning === undefined ? guidance : `${words.has(step) ? step : max}: ${meaning}`;
}
