/// Where the gold is: members by domain and language. An empty cell is dashed and says so.
import { Charted } from "@/components/charted";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import type { GoldOverview } from "@/ipc";
import { count, languageName, sentence, words } from "@/lib/format";
import css from "./gold.module.css";

/** The step of the scale a count stands on, 0 to 5: by its logarithm against the largest. */
export function goldStep(value: number, largest: number): number {
  if (value <= 0) return 0;
  return largest <= 1 ? 5 : 1 + Math.round((4 * Math.log(value)) / Math.log(largest));
}

export function GoldCells({ gold }: { gold: GoldOverview }) {
  const all = gold.cells.flat();
  const largest = Math.max(0, ...all);
  const empty = all.filter((value) => value === 0).length;
  if (gold.domains.length === 0 || gold.languages.length === 0) return null;
  return (
    <div className={css.cells}>
    <Charted
      title="Where the gold is" gloss={`by domain and language; ${empty === 0 ? "no cell is empty" : `${count(empty)} cells have none`}`}
      columns={[{ head: "domain" }, { head: "language" }, { head: "members", numeric: true }]}
      rows={gold.domains.flatMap((domain, row) => gold.languages.map((language, column) => [domain || "none", language || "none", gold.cells[row]?.[column] ?? 0]))}
    >
      <table>
        <caption className="unseen">Members of the gold set by domain and language</caption>
        <thead>
          <tr>
            <th scope="col"><span className="unseen">Domain</span></th>
            {gold.languages.map((language) => <th key={language} scope="col" className="num"><abbr title={languageName(language)}><Visible text={language || "none"} /></abbr></th>)}
          </tr>
        </thead>
        <tbody>
          {gold.domains.map((domain, row) => (
            <tr key={domain}>
              <th scope="row"><Verbatim>{domain ? sentence(words(domain)) : "none"}</Verbatim></th>
              {gold.languages.map((language, column) => {
                const value = gold.cells[row]?.[column] ?? 0;
                return <td key={language} className={css.cell} data-step={goldStep(value, largest)}>{value === 0 ? <span className="unseen">none</span> : count(value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Charted>
    </div>
  );
}
