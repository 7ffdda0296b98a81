/// The gates of the chosen contract: the list at the left, at the right one gate, or its waiver being written.
import { useRef, useState } from "react";
import { ChartMenu } from "@/components/chart_menu";
import { useCommands } from "@/lib/commands";
import type { ChosenContract, Gates } from "@/ipc";
import { byConsequence, gateKey, gateName, placeBehind, standing } from "@/lib/gates";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { GateDetail } from "./gate_detail";
import { GateTable } from "./gate_table";
import css from "./gates.module.css";
import { Preview } from "./preview";
import { WaivePanel } from "./waive_panel";
import { whyNotWaive } from "./waiver";

const HEADS = ["gate", "where", "stands", "measured", "limit", "limit is", "unit", "low", "high", "offending", "line"];

/** The list as numbers, undressed. */
export function numbersOf({ gates }: Gates): (string | number | null)[][] {
  return byConsequence(gates).map((gate) => [gateName(gate), gate.slice, standing(gate), gate.measured, gate.limit, gate.limit_is_least ? "least" : "most", gate.unit, gate.interval?.[0] ?? null, gate.interval?.[1] ?? null, gate.offending, gate.line]);
}

/** Copies the list as numbers or as a picture. */
export function GatesExport({ gates, picture }: { gates: Gates; picture: React.RefObject<HTMLElement | null> }) {
  return <ChartMenu title={`Gates of ${gates.contract}`} heads={HEADS} rows={numbersOf(gates)} picture={picture} />;
}

export function Content({ gates, contract, list }: { gates: Gates; contract: ChosenContract; list: React.RefObject<HTMLDivElement | null> }) {
  const { place, keep, go } = useNavigation();
  const { person } = useSession();
  const rows = byConsequence(gates.gates);
  const at = Math.max(0, rows.findIndex((gate) => gateKey(gate) === place.state.gate));
  const chosen = rows[at];
  const unavailable = chosen ? whyNotWaive(chosen, person) : "there is no gate";
  const waiving = place.state.waive === "on" && unavailable === undefined;
  const [closed, setClosed] = useState(false);
  const close = () => {
    setClosed(true);
    keep({ waive: undefined });
  };
  const scrolled = useRef<HTMLDivElement>(null);
  const choose = (key: string) => keep({ gate: key, waive: undefined });
  const step = (by: 1 | -1) => {
    const next = rows[at + by];
    if (!next) return;
    choose(gateKey(next));
    scrolled.current?.querySelectorAll("tbody tr th[scope=row]")[at + by]?.scrollIntoView({ block: "nearest" });
  };
  const behind = chosen && chosen.offending > 0 ? placeBehind(chosen) : null;
  useCommands({
    "gates.next": { run: () => step(1) },
    "gates.previous": { run: () => step(-1) },
    "gates.waive": { run: () => keep({ waive: "on" }), unavailable },
    "gates.behind": { run: () => behind && go(behind.view, behind.state), unavailable: behind ? undefined : "nothing that can be listed is behind it" },
    "gates.close": { run: close, unavailable: waiving ? undefined : "nothing is open" },
  });
  return (
    <div className={css.columns}>
      <div className={css.left}>
        <div className={css.list} ref={scrolled}><div ref={list}><GateTable gates={gates.gates} chosen={chosen && gateKey(chosen)} writing={waiving} onChoose={choose} /></div></div>
        {chosen?.filter && chosen.offending > 0 && <Preview gate={chosen} filter={chosen.filter} />}
      </div>
      {chosen && (waiving && person ? <WaivePanel key={gateKey(chosen)} gate={chosen} person={person.name} onClose={close} /> : <GateDetail gate={chosen} contract={contract} person={person} focus={closed} onWaive={() => keep({ waive: "on" })} />)}
    </div>
  );
}
