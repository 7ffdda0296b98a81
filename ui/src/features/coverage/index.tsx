/// Coverage: how much of the tail is here, by class and by origin.
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { Menu } from "@/components/menu";
import { Empty, Faulted, Loading } from "@/components/states";
import { call, type Coverage } from "@/ipc";
import { equals } from "@/lib/expression";
import { counted, short } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import { Classes, type ClassList } from "./classes";
import css from "./coverage.module.css";
import { Estimators } from "./estimators";
import { linesOf } from "./lines";
import { RankChart } from "./rank_chart";
import { RarefactionChart } from "./rarefaction_chart";
import { Retention } from "./retention";

export function View() {
  const snapshot = useSnapshot();
  const { go } = useNavigation();
  const overview = useQuery({ queryKey: ["overview", snapshot?.dataset, snapshot?.snapshot], queryFn: () => call("overview", { dataset: snapshot!.dataset, snapshot: snapshot!.snapshot }), enabled: snapshot !== null });
  if (!snapshot) return <Empty view="Coverage" title="Nothing indexed yet" action={<Button onPress={() => go("overview")}>Overview</Button>}>Coverage is measured when a dataset is indexed.</Empty>;
  if (overview.isError) return <Faulted view="Coverage" doing="Opening the coverage" cause={overview.error} onRetry={() => void overview.refetch()} />;
  if (!overview.data) return <Loading view="Coverage" what="Opening the coverage…" />;
  const units = overview.data.report.coverage;
  if (units.length === 0) return <Empty view="Coverage" title="No class to count" action={<Button onPress={() => go("fields")}>Fields</Button>}>No text field is mapped as a dimension. Map one, such as intent or code, and index again.</Empty>;
  return <Measured units={units} openSamples={(state) => go("samples", state)} />;
}

/** The unit to show first: the mapped dimension with most classes, words only where there is nothing else. */
export function firstUnit(units: readonly Coverage[]): Coverage | undefined {
  const mapped = units.filter((unit) => unit.unit !== "word");
  return (mapped.length > 0 ? mapped : units).toSorted((a, b) => b.classes - a.classes)[0];
}

function Measured({ units, openSamples }: { units: readonly Coverage[]; openSamples(state: Record<string, string>): void }) {
  const { place, keep } = useNavigation();
  const unit = units.find((each) => each.unit === place.state.unit) ?? firstUnit(units)!;
  const list: ClassList = place.state.list === "smallest" || place.state.list === "largest" ? place.state.list : place.state.list === "missing" || unit.by_origin.some((part) => part.missing.length > 0) ? "missing" : "smallest";
  const lines = linesOf(unit);
  return (
    <div className={`view ${css.coverage}`}>
      <header className={css.head}>
        <h1>Coverage</h1>
        <p className="small t2">{counted(unit.classes, "class", "classes")} in {short(unit.observations)} observations</p>
        <span className="gap" />
        <span className="small t2">Class</span>
        <Menu
          label="Class to count" onChoose={(id) => keep({ unit: id })}
          trigger={<Button label={`Class: ${unit.unit}`}><bdi>{unit.unit}</bdi><Icon name="down" /></Button>}
          items={units.map((each) => ({ id: each.unit, title: each.unit, chosen: each === unit, note: counted(each.classes, "class", "classes") }))}
        />
      </header>
      <Estimators coverage={unit} />
      <div className={css.regions}>
        <div className={css.region}><RankChart lines={lines} /></div>
        <div className={css.region}><RarefactionChart lines={lines} /></div>
        <div className={css.region}><Retention coverage={unit} /></div>
        <div className={css.region}>
          <Classes coverage={unit} list={list} onList={(next) => keep({ list: next })} onOpen={(name) => openSamples(unit.unit === "word" ? { filter: "", find: name } : { filter: equals(unit.unit, name) })} />
        </div>
      </div>
    </div>
  );
}
