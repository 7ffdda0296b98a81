/// Gold members beside human samples, by domain and language; a cell without gold, or with little, says so.
import { Charted } from "@/components/charted";
import { Button } from "@/components/button";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import type { AnchorCell, GoldAnchor } from "@/ipc";
import { count, counted, languageName, sentence, words } from "@/lib/format";
import { useNavigation, usePlaceState } from "@/lib/place";
import { sliceWords } from "./slice";
import css from "./audit.module.css";

type State = "none" | "thin" | "enough";

/** How a cell that holds samples or members is anchored. */
export function anchored(cell: AnchorCell, thinBelow: number): State {
  return cell.members === 0 ? "none" : cell.members < thinBelow ? "thin" : "enough";
}

const STATE_WORDS: Record<State, string> = { none: "no gold", thin: "thin", enough: "anchored" };

export function AnchorCells({ anchor }: { anchor: GoldAnchor }) {
  const [chosen, choose] = usePlaceState("cell");
  const thinBelow = anchor.settings.thin_below;
  const by = new Map(anchor.cells.map((cell) => [`${cell.domain} ${cell.language}`, cell]));
  const many = (state: State) => anchor.cells.filter((cell) => cell.samples > 0 && anchored(cell, thinBelow) === state).length;
  const open = chosen === undefined ? undefined : by.get(chosen);
  return (
    <div className={css.section}>
      <Charted
        title="Gold beside human samples" gloss={`${anchor.dataset} / ${anchor.snapshot}; ${counted(many("none"), "cell")} without gold, ${count(many("thin"))} with fewer than ${count(thinBelow)} members`}
        columns={[{ head: "domain" }, { head: "language" }, { head: "members", numeric: true }, { head: "human samples", numeric: true }, { head: "state" }]}
        rows={anchor.cells.map((cell) => [cell.domain || "none", cell.language || "none", cell.members, cell.samples, STATE_WORDS[anchored(cell, thinBelow)]])}
      >
        {anchor.cells.length === 0 ? <p className="small t2">The snapshot holds no human sample, and there is no gold.</p> : (
          <table className={css.matrix} aria-label="Gold members and human samples by domain and language">
            <thead>
              <tr><th scope="col"><span className="unseen">Domain</span></th>{anchor.languages.map((language) => <th key={language} scope="col"><abbr title={languageName(language)}><Visible text={language || "none"} /></abbr></th>)}</tr>
            </thead>
            <tbody>
              {anchor.domains.map((domain) => (
                <tr key={domain}>
                  <th scope="row"><Verbatim>{domain ? sentence(words(domain)) : "none"}</Verbatim></th>
                  {anchor.languages.map((language) => {
                    const cell = by.get(`${domain} ${language}`);
                    if (!cell) return <td key={language} />;
                    const state = anchored(cell, thinBelow);
                    const id = `${domain} ${language}`;
                    return (
                      <td key={language}>
                        <button type="button" className={css.cell} data-state={state} aria-pressed={chosen === id} aria-label={`${sliceWords(cell)}: ${counted(cell.members, "member")} beside ${counted(cell.samples, "human sample")}, ${STATE_WORDS[state]}`} onClick={() => choose(chosen === id ? undefined : id)}>
                          <b>{count(cell.members)}</b><span>of {count(cell.samples)}</span>
                        </button>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Charted>
      {open ? <Chosen cell={open} state={anchored(open, thinBelow)} /> : anchor.cells.length > 0 && <p className="small t2">Choose a cell to open its samples or to make a queue from them.</p>}
    </div>
  );
}

function Chosen({ cell, state }: { cell: AnchorCell; state: State }) {
  const { go } = useNavigation();
  const none = cell.samples === 0 ? "the snapshot has no human sample there" : undefined;
  return (
    <div className={css.chosen} role="status">
      <p><b className="strong"><Visible text={sliceWords(cell)} /></b>: {counted(cell.members, "member")} beside {counted(cell.samples, "human sample")}, {STATE_WORDS[state]}.</p>
      <Button size="small" unavailable={none} onPress={() => go("samples", { filter: cell.filter })}>Open its samples</Button>
      <Button size="small" unavailable={none} onPress={() => go("queue", { filter: cell.filter })}>Make a queue from these</Button>
    </div>
  );
}
