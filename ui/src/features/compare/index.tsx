/// Compare: two snapshots held against each other, and which signs have grown worse.
import { Button } from "@/components/button";
import { Segmented } from "@/components/segmented";
import { Select } from "@/components/select";
import { Empty } from "@/components/states";
import { Working } from "@/components/working";
import { call, type SnapshotComparison } from "@/ipc";
import { runCommand, useCommands } from "@/lib/commands";
import { count, date } from "@/lib/format";
import { ORIGINS } from "@/lib/origin";
import { useNavigation } from "@/lib/place";
import { useSession, useSnapshot } from "@/lib/session";
import { useAnswer } from "@/lib/use_answer";
import css from "./compare.module.css";
import { Figures } from "./figures";
import { Flow } from "./flow";
import { Leaks } from "./leaks";
import { Moved } from "./moved";
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
  return <Pair key={`${pair[0].name} ${pair[1].name}`} sides={sides} a={pair[0]} b={pair[1]} />;
}

function Pair({ sides, a, b }: { sides: readonly Side[]; a: Side; b: Side }) {
  const { place, keep } = useNavigation();
  const across = a.dataset !== b.dataset;
  const compared = useAnswer({ key: ["compare", a.name, b.name], ask: () => call("compare", { a: a.name, b: b.name }) });
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
        <Button kind="plain" onPress={() => runCommand("go.trends")}>Trends</Button>
        <Segmented label="Figures" value={shown} options={SHOWN} onChange={(next) => keep({ shown: next === "all" ? "all" : undefined })} />
      </header>
      {compared.answer ? <Compared compared={compared.answer} a={a} b={b} shown={shown} />
        : <Working of={compared} what={across ? `Looking for samples of ${a.dataset} in ${b.dataset}, and the other way round…` : "Comparing the snapshots…"} doing={`Comparing ${a.name} with ${b.name}`} />}
    </div>
  );
}

function Compared({ compared, a, b, shown }: { compared: SnapshotComparison; a: Side; b: Side; shown: Shown }) {
  const { place, keep } = useNavigation();
  const across = a.dataset !== b.dataset;
  const trends = useAnswer({ key: ["trends", b.dataset], ask: () => call("trends", { dataset: b.dataset }), enabled: !across });
  const origin = ORIGINS.find((one) => one === place.state.moved) ?? "machine";
  return (
    <div className={css.body}>
      <div className={css.left}>
        <Flow compared={compared} a={a} b={b} />
        {compared.moved && <Moved moved={compared.moved} a={a} b={b} origin={origin} onOrigin={(moved) => keep({ moved })} />}
        <Retention retention={compared.retention} a={a} across={across} />
        {across && <Leaks leaks={compared.leaks} a={a} b={b} />}
      </div>
      <div className={css.right}><Figures changes={compared.changes} trends={trends.answer ?? undefined} a={a} b={b} across={across} shown={shown} bounds={compared.sizes} /></div>
    </div>
  );
}
