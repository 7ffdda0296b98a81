/// Scores of several people on one scale: hollow for the reviewers, a filled dot for one's own, a line from the lowest to the highest.

const WIDTH = 72;
const EDGE = 6;
const MIDDLE = 9;

/** Its numbers stand beside it in the row: nothing of it is read aloud. */
export function DotScale({ max, own, others }: { max: number; own: number | null; others: readonly (number | null)[] }) {
  const at = (score: number) => EDGE + ((WIDTH - 2 * EDGE) * (score - 1)) / Math.max(1, max - 1);
  const given = others.filter((score) => score !== null);
  const places = [...new Set(given)];
  return (
    <svg width={WIDTH} height={2 * MIDDLE} viewBox={`0 0 ${WIDTH} ${2 * MIDDLE}`} aria-hidden="true">
      <path d={`M${at(1)} ${MIDDLE}H${at(max)}`} stroke="var(--chart-axis)" />
      {Array.from({ length: max }, (_, step) => <path key={at(step + 1)} d={`M${at(step + 1)} ${MIDDLE - 3}v6`} stroke="var(--chart-axis)" />)}
      {places.length > 1 && <path d={`M${at(Math.min(...places))} ${MIDDLE}H${at(Math.max(...places))}`} stroke="var(--chart-ink)" strokeWidth="2" />}
      {places.map((score) => <circle key={score} cx={at(score)} cy={MIDDLE} r="4.4" fill="var(--surface)" stroke="var(--chart-ink)" strokeWidth="1.5" />)}
      {own !== null && <circle cx={at(own)} cy={MIDDLE} r="2.2" fill="var(--chart-ink)" />}
    </svg>
  );
}
