/// Compare: two snapshots held against each other, and which signs have grown worse.
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Segmented } from "@/components/segmented";
import { Select } from "@/components/select";
import { Empty, Faulted, Loading } from "@/components/states";
import { call } from "@/ipc";
import { runCommand, useCommands } from "@/lib/commands";
import { count, date } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession, useSnapshot } from "@/lib/session";
import css from "./compare.module.css";
import { Figures } from "./figures";
import { Flow } from "./flow";
import { Leaks } from "./leaks";
import { Retention } from "./retention";
import { pairOf, type Side, sideName, sidesOf } from "./sides";

const SHOWN = [{ value: "signs", label: "Warning signs" }, { value: "all", label: "All figures" }] as const;
type Shown = (typeof SHOWN)[number]["value"];

export function View() {
  const at = useSnapshot();
  const { workspace } = useSession();
  const { place } = useNavigation();
  if (!at || !workspace) return <Empty view="Compare" title="Nothing indexed yet" action={<Button onPress={() => runCommand("data.folder")}>Choose a folder…</Button>}>Two measured snapshots can be held against each other.</Empty>;
  const sides = sidesOf(workspace.datasets);
  const pair = pairOf(sides, place.state, at.dataset, at.snapshot);
  if (!pair) return <Empty view="Compare" title="One snapshot so far" action={<Button onPress={() => runCommand("data.folder")}>Index a folder…</Button>}>What changed stands here once a second snapshot is measured: of this dataset, when its files have changed, or of another one.</Empty>;
  return <Pair sides={sides} a={pair[0]} b={pair[1]} />;
}

function Pair({ sides, a, b }: { sides: readonly Side[]; a: Side; b: Side }) {
  const { place, keep } = useNavigation();
  const across = a.dataset !== b.dataset;
  const compared = useQuery({ queryKey: ["compare", a.name, b.name], queryFn: () => call("compare", { a: a.name, b: b.name }) });
  const trends = useQuery({ queryKey: ["trends", b.dataset], queryFn: () => call("trends", { dataset: b.dataset }) });
  const shown: Shown = place.state.shown === "all" ? "all" : "signs";
  const swap = () => keep({ a: b.name, b: a.name });
  useCommands({ "compare.swap": { run: swap }, "compare.figures": { run: () => keep({ shown: shown === "all" ? undefined : "all" }) } });
  const several = new Set(sides.map((side) => side.dataset)).size > 1;
  const options = sides.map((side) => ({ value: side.name, label: `${sideName(side, several)}, ${date(side.snapshot.created)}`, note: `${count(side.snapshot.samples)} samples` }));
  return (
    <div className={`view ${css.view}`}>
      <header className={css.head}>
        <h1>Compare</h1>
        <Select label="First snapshot" unlabelled className={css.side} value={a.name} options={options} onChange={(name) => keep({ a: name, b: b.name })} />
        <span className="t2">with</span>
        <Select label="Second snapshot" unlabelled className={css.side} value={b.name} options={options} onChange={(name) => keep({ a: a.name, b: name })} />
        <Button kind="plain" keys="S" onPress={swap}>Swap</Button>
        <span className="gap" />
        <Segmented label="Figures" value={shown} options={SHOWN} onChange={(next) => keep({ shown: next === "all" ? "all" : undefined })} />
      </header>
      {compared.isError ? <Faulted doing={`Comparing ${a.name} with ${b.name}`} cause={compared.error} safe="Nothing was changed." onRetry={() => void compared.refetch()} />
        : !compared.data ? <Loading what={across ? `Looking for samples of ${a.dataset} in ${b.dataset}, and the other way round. Large ones take some seconds…` : "Comparing the snapshots…"} />
        : (
          <div className={css.body}>
            <div className={css.left}>
              <Flow compared={compared.data} a={a} b={b} />
              <Retention retention={compared.data.retention} a={a} across={across} />
              {across && <Leaks leaks={compared.data.leaks} a={a} b={b} />}
            </div>
            <div className={css.right}><Figures changes={compared.data.changes} trends={trends.data} a={a} b={b} across={across} shown={shown} /></div>
          </div>
        )}
    </div>
  );
}
