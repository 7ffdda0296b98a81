/// What is left of the first one's tail: for each dimension, and the classes that are gone.
import { Charted } from "@/components/charted";
import { Verbatim } from "@/components/verbatim";
import type { UnitRetention } from "@/ipc";
import { equals } from "@/lib/expression";
import { count, counted, percent } from "@/lib/format";
import { anyOfAll, isFound } from "@/lib/unit_classes";
import css from "./compare.module.css";
import { useOpenSide } from "./open_side";
import { type Side, sideName } from "./sides";

const LISTED = 24;

/** Tail classes that are gone; their names come for the first fifty only. */
function absent({ tail, retention }: UnitRetention): number {
  return retention === null ? 0 : Math.round(tail * (1 - retention));
}

/** The filter of the first one's samples of the classes that are gone; `null` where only the first are named, or they are found in texts. */
export function goneFilter(row: UnitRetention): string | null {
  return anyOfAll(row.unit, row.missing, absent(row));
}

function Gone({ row, a }: { row: UnitRetention; a: Side }) {
  const open = useOpenSide();
  const filter = goneFilter(row);
  if (row.retention === null) return null;
  if (absent(row) === 0) return "none";
  if (filter === null) return count(absent(row));
  return <button type="button" className="link" aria-label={`${counted(absent(row), "class", "classes")} of ${row.unit} missing: open their samples in the first snapshot`} onClick={() => open(a, { view: "samples", state: { filter } })}>{count(absent(row))}</button>;
}

function Missing({ unit, missing, all, a }: { unit: string; missing: readonly string[]; all: number; a: Side }) {
  const open = useOpenSide();
  if (missing.length === 0) return null;
  return (
    <div className={css.missing}>
      <h3>Missing of <Verbatim>{unit}</Verbatim> <span>each opens its samples in the first snapshot</span></h3>
      <ul>{missing.slice(0, LISTED).map((name) => <li key={name}><button type="button" className="link" onClick={() => open(a, { view: "samples", state: isFound(unit) ? { filter: "", find: name } : { filter: equals(unit, name) } })}><Verbatim>{name}</Verbatim></button></li>)}</ul>
      {all > LISTED && <p className="small t2">and {count(all - LISTED)} more</p>}
    </div>
  );
}

export function Retention({ retention, a, across }: { retention: readonly UnitRetention[]; a: Side; across: boolean }) {
  const rows = retention.toSorted((one, other) => (one.retention ?? 2) - (other.retention ?? 2));
  return (
    <div className={css.region}>
      <Charted
        title="Tail retention" gloss={`rarest classes of ${sideName(a, across)}`}
        columns={[{ head: "dimension" }, { head: "tail classes", numeric: true }, { head: "present", numeric: true, format: percent }, { head: "missing", numeric: true }]}
        rows={rows.map((row) => [row.unit, row.tail, row.retention, absent(row)])}
      >
        {rows.length === 0 ? <p className="small t2">No dimension is in both.</p> : (
          <table className={css.plain} aria-label="Tail retention">
            <thead><tr><th scope="col">dimension</th><th scope="col" className="num">in the tail</th><th scope="col" className="num">present</th><th scope="col" className="num">missing</th></tr></thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.unit}>
                  <th scope="row"><Verbatim>{row.unit}</Verbatim></th>
                  <td className="num t2">{row.tail === 0 ? "no tail" : count(row.tail)}</td>
                  <td className="num strong">{row.retention === null ? "–" : percent(row.retention)}</td>
                  <td className="num t2"><Gone row={row} a={a} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {rows.map((row) => <Missing key={row.unit} unit={row.unit} missing={row.missing} all={absent(row)} a={a} />)}
      </Charted>
    </div>
  );
}
