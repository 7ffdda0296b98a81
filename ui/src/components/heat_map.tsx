/// A matrix of shares with its margins: more ink, more of it. Unknown is hatched into every cell where it is 15 % or more.
import css from "./heat_map.module.css";
import { Visible } from "./reading";
import { useWidth } from "./use_width";
import { Verbatim } from "./verbatim";

export interface HeatCell {
  /** What stands in the cell; `null` where there is nothing at all. */
  text: string | null;
  /** Ink from 0 to 6. */
  level: number;
  /** Share of unknown, 0 to 1, hatched at the cell's end. */
  unknown: number;
  /** The cell in words, for its name. */
  words: string;
}

export interface HeatMargin {
  text: string;
  unknown: number;
}

export interface HeatMapProps {
  label: string;
  tone: "machine" | "human" | "unknown";
  rows: readonly string[];
  columns: readonly string[];
  /** The columns in brief, for where their names do not fit: `ar`. */
  briefColumns: readonly string[];
  cells: readonly (readonly HeatCell[])[];
  rowMargins: readonly HeatMargin[];
  columnMargins: readonly HeatMargin[];
  whole: HeatMargin;
  /** Words for the ends of the ramp, seven of them. */
  legend: readonly string[];
  onOpen(row: number | null, column: number | null): void;
  /** The same for what is unknown. */
  onUnknown(row: number | null, column: number | null): void;
}

/** Width of row names and margins, and the least that a column's name needs. */
const BESIDE = 224;
const LEAST_NAMED = 58;

/** Share of unknown from which a cell shows it. */
const SHOWN = 0.15;

function Hatch({ share }: { share: number }) {
  return <svg className={css.hatch} width={`${Math.max(6, share * 100)}%`} height="100%" aria-hidden="true"><rect x=".5" y=".5" width="100%" height="100%" fill="url(#hatch-fine)" /></svg>;
}

function UnknownMargin({ margin, onOpen, words }: { margin: HeatMargin; onOpen(): void; words: string }) {
  return (
    <td className={css.unknown}>
      <button type="button" onClick={onOpen} aria-label={words}>
        <svg width={Math.max(4, Math.round(margin.unknown * 130))} height="9" aria-hidden="true"><rect x=".5" y=".5" width={Math.max(3, Math.round(margin.unknown * 130) - 1)} height="8" fill="url(#hatch-fine)" stroke="var(--origin-unknown)" strokeWidth=".8" /></svg>
        {(margin.unknown * 100).toFixed(1)}
      </button>
    </td>
  );
}

export function HeatMap({ label, tone, rows, columns, briefColumns, cells, rowMargins, columnMargins, whole, legend, onOpen, onUnknown }: HeatMapProps) {
  const [ref, width] = useWidth<HTMLDivElement>(690);
  const brief = (width - BESIDE) / Math.max(1, columns.length) < LEAST_NAMED;
  return (
    <div className={css.wrap} ref={ref}>
      <table className={css.map} aria-label={label} data-tone={tone} data-dense={brief}>
        <thead>
          <tr><td className={css.corner} />{columns.map((column, j) => <th key={column} scope="col" title={column}>{brief ? <abbr title={column}><Visible text={briefColumns[j] ?? ""} /></abbr> : <Verbatim>{column}</Verbatim>}</th>)}<th scope="col" className={css.margin}>all</th><th scope="col" className={css.unknown}>unknown</th></tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row}>
              <th scope="row"><Verbatim>{row}</Verbatim></th>
              {columns.map((column, j) => {
                const cell = cells[i]![j]!;
                return (
                  <td key={column}>
                    {cell.text === null ? <span className={css.none}>none</span> : (
                      <button type="button" className={css.cell} data-level={cell.level} aria-label={cell.words} title={cell.words} onClick={() => onOpen(i, j)}>
                        {cell.text}
                        {cell.unknown >= SHOWN && <Hatch share={cell.unknown} />}
                      </button>
                    )}
                  </td>
                );
              })}
              <td className={css.margin}><button type="button" onClick={() => onOpen(i, null)} aria-label={`${row}, all: ${rowMargins[i]!.text}`}>{rowMargins[i]!.text}</button></td>
              <UnknownMargin margin={rowMargins[i]!} words={`${row}, unknown: ${(rowMargins[i]!.unknown * 100).toFixed(1)} %`} onOpen={() => onUnknown(i, null)} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All domains</th>
            {columns.map((column, j) => <td key={column}><button type="button" onClick={() => onOpen(null, j)} aria-label={`${column}, all: ${columnMargins[j]!.text}`}>{columnMargins[j]!.text}</button></td>)}
            <td className={css.margin}><button type="button" onClick={() => onOpen(null, null)} aria-label={`All: ${whole.text}`}>{whole.text}</button></td>
            <UnknownMargin margin={whole} words={`All, unknown: ${(whole.unknown * 100).toFixed(1)} %`} onOpen={() => onUnknown(null, null)} />
          </tr>
          {tone !== "unknown" && (
            <tr className={css.unknownRow}>
              <th scope="row">Unknown, all</th>
              {columns.map((column, j) => <td key={column}><button type="button" onClick={() => onUnknown(null, j)} aria-label={`${column}, unknown: ${(columnMargins[j]!.unknown * 100).toFixed(1)} %`}>{(columnMargins[j]!.unknown * 100).toFixed(1)}</button></td>)}
              <td /><td />
            </tr>
          )}
        </tfoot>
      </table>
      <div className={css.legend} data-tone={tone}>
        <span className={css.steps}>{legend.map((word, level) => <span key={word} className={css.step} data-level={level}><i />{word}</span>)}</span>
        <span className={css.key}><svg width="18" height="9" aria-hidden="true"><rect x=".5" y=".5" width="17" height="8" fill="url(#hatch-fine)" stroke="var(--origin-unknown)" strokeWidth=".8" /></svg>unknown, in cells of 15 % or more</span>
      </div>
    </div>
  );
}
