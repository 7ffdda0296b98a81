/// Gold held against the open snapshot: where it is thin, how old it is, which slices have moved on since.
import { useQuery } from "@tanstack/react-query";
import { Empty, Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { call, type GoldAnchor } from "@/ipc";
import { count, counted, date } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import { Age } from "./age";
import { AnchorCells } from "./anchor_cells";
import { sliceWords } from "./slice";
import css from "./audit.module.css";

export function Anchor() {
  const at = useSnapshot();
  const anchor = useQuery({ queryKey: ["gold_anchor", at?.dataset, at?.snapshot], queryFn: () => call("gold_anchor", { dataset: at!.dataset, snapshot: at!.snapshot }), enabled: at !== null, staleTime: 0 });
  if (!at) return <Empty title="Nothing indexed yet">Gold is held against the human samples of a measured snapshot.</Empty>;
  if (anchor.isError) return <Faulted doing="Holding gold against the snapshot" cause={anchor.error} safe="Nothing was changed." onRetry={() => void anchor.refetch()} />;
  if (!anchor.data) return <Loading what="Holding gold against the snapshot…" />;
  return (
    <>
      <AnchorCells anchor={anchor.data} />
      <Age anchor={anchor.data} />
      <Changed anchor={anchor.data} />
    </>
  );
}

/** Slices whose human samples are no longer those of their last promotion. */
function Changed({ anchor }: { anchor: GoldAnchor }) {
  const { go } = useNavigation();
  return (
    <section className={css.section} aria-label="Refresh from reality">
      <h2>Refresh from reality</h2>
      {anchor.changed.length === 0 ? <p className="small t2">No slice with gold has changed since gold was last promoted in it.</p> : (
        <table className={css.list} aria-label="Slices that have changed since their last promotion">
          <thead><tr><th scope="col">slice</th><th scope="col" className="num">members</th><th scope="col">last promotion</th><th scope="col" className="num">human samples then</th><th scope="col" className="num">now</th><th scope="col" className="num">added since</th><th scope="col"><span className="unseen">Acts</span></th></tr></thead>
          <tbody>
            {anchor.changed.map((change) => {
              const slice = sliceWords(change);
              return (
                <tr key={slice}>
                  <th scope="row"><Verbatim>{slice}</Verbatim></th>
                  <td className="num">{count(change.members)}</td>
                  <td>{date(change.promoted)}<span className="t2">{change.since === null ? ", before this dataset" : `, snapshot ${change.since}`}</span></td>
                  <td className="num">{count(change.then)}</td>
                  <td className="num">{count(change.now)}</td>
                  <td className="num"><button type="button" className="link" aria-label={`${counted(change.added, "sample")} added to ${slice}: open`} onClick={() => go("samples", { filter: change.filter })}>{count(change.added)}</button></td>
                  <td className={css.acts}><button type="button" className="link" aria-label={`Make a queue from what was added to ${slice}`} onClick={() => go("queue", { filter: change.filter })}>make a queue</button></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
