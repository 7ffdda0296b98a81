/// A few of the samples behind a gate, so that one sees what the figure is made of without leaving it.
import { useQuery } from "@tanstack/react-query";
import { OriginGlyph } from "@/components/origin_glyph";
import { Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import { Verbatim } from "@/components/verbatim";
import { call, type GateRow } from "@/ipc";
import { count } from "@/lib/format";
import { gateName } from "@/lib/gates";
import { useNavigation } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import css from "./gates.module.css";

const SHOWN = 5;

/** Opens the view of the filter, takes its first rows, and closes it again. */
async function firstRows(at: { dataset: string; snapshot: number }, filter: string) {
  const { view, rows } = await call("samples_open", { ...at, filter, find: "" });
  void call("samples_close", { view }).catch(() => undefined);
  return rows.slice(0, SHOWN);
}

export function Preview({ gate, filter }: { gate: GateRow; filter: string }) {
  const at = useSnapshot();
  const { go } = useNavigation();
  const rows = useQuery({ queryKey: ["gate_preview", at, filter], queryFn: () => firstRows(at!, filter), enabled: at !== null });
  return (
    <section className={css.preview} aria-label={`Behind ${gateName(gate)}`}>
      <SectionHead title={`Behind ${gateName(gate)}`} gloss={rows.data && rows.data.length > 0 ? `the first ${count(rows.data.length)} of ${count(gate.offending)}` : undefined}>
        <button type="button" className="link small t2" onClick={() => go("samples", { filter })}>all in Samples</button>
      </SectionHead>
      {rows.isError && <p className="small t2">The samples could not be read; open them in Samples to see why.</p>}
      <table className={css.previewTable} aria-label="Samples behind the gate">
        <thead><tr><th scope="col">sample</th><th scope="col">slice</th><th scope="col" className="num">tokens</th><th scope="col" className="num">copies</th></tr></thead>
        <tbody>
          {(rows.data ?? []).map((row) => (
            <tr key={row.row}>
              <td><div className={css.previewText}><OriginGlyph origin={row.origin} named /><button type="button" dir="auto" onClick={() => go("samples", { filter, sample: String(row.sample), row: String(row.row - 1) })}><Visible text={row.text || "no text"} /></button></div></td>
              <td><Verbatim>{[row.domain, row.language].filter(Boolean).join(", ") || "none"}</Verbatim></td>
              <td className="num">{count(row.tokens)}</td>
              <td className="num">{count(row.copies)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
