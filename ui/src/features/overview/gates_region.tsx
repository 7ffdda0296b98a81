/// The gates at a glance: what fails, with what is behind it; what passes, quietly. Without a contract, how to choose one.
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { SectionHead } from "@/components/section_head";
import { Faulted } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { Working } from "@/components/working";
import { asFault, type GateRow, type Gates } from "@/ipc";
import { runCommand } from "@/lib/commands";
import { count, counted, date } from "@/lib/format";
import { behindWords, byConsequence, fails, gateKey, gateName, limitWords, measuredAndLimit, placeBehind } from "@/lib/gates";
import { useNavigation } from "@/lib/place";
import { useGates } from "@/lib/use_gates";
import css from "./consequence.module.css";

/** Rows at a glance; the rest is one press away. */
const FAILING = 5;
const HOLDING = 6;

export function GatesRegion() {
  const { contract, measuring, measured } = useGates();
  const { go } = useNavigation();
  const chosen = contract.data?.chosen;
  if (contract.isError) return <><SectionHead title="Gates" /><Faulted doing="Reading the contract" cause={contract.error} onRetry={() => void contract.refetch()} /></>;
  if (contract.data && !chosen) {
    return (
      <>
        <SectionHead title="Gates" gloss="no contract is chosen" />
        <div className={css.offer}>
          <p className="small t2">A contract sets limits, such as at most 20{"\u00a0"}% machine text. Each becomes a gate that passes or fails here.</p>
          <Button onPress={() => runCommand("go.gates")}>Choose a contract…</Button>
        </div>
      </>
    );
  }
  if (measuring.cause && !measured) {
    return (
      <>
        <SectionHead title="Gates" gloss={<Verbatim>{chosen?.name}</Verbatim>} />
        <p className={`small ${css.wrong}`} role="alert"><Icon name="cross" /><span>The gates could not be measured: {asFault(measuring.cause, "Measuring the gates").message}. <button type="button" className="link" onClick={() => go("gates")}>See where</button></span></p>
      </>
    );
  }
  if (!measured) return <div className={css.pending}><SectionHead title="Gates" gloss={<Verbatim>{chosen?.name}</Verbatim>} /><Working of={measuring} what={`Measuring ${counted(chosen?.gates ?? 0, "gate")}…`} doing="Measuring the gates" /></div>;
  return <Measured gates={measured} />;
}

function Measured({ gates }: { gates: Gates }) {
  const { go } = useNavigation();
  const ordered = byConsequence(gates.gates);
  const failing = ordered.filter(fails);
  const holding = ordered.filter((gate) => !fails(gate));
  const waived = failing.filter((gate) => gate.waived).length;
  const open = (gate: GateRow) => {
    const place = placeBehind(gate) ?? { view: "gates" as const, state: { gate: gateKey(gate) } };
    go(place.view, place.state);
  };
  return (
    <>
      <SectionHead title="Gates" gloss={<><Verbatim>{gates.contract}</Verbatim>: {failing.length > 0 ? `${count(failing.length)} of ${count(gates.gates.length)} fail${waived > 0 ? `, ${count(waived)} waived` : ""}` : `none of ${count(gates.gates.length)} fails`}</>}>
        <button type="button" className="link small t2" onClick={() => go("gates")}>all gates</button>
      </SectionHead>
      {failing.length > 0 && (
        <table className={css.failing} aria-label="Gates that fail">
          <thead><tr><th scope="col">Fails{failing.length > FAILING && <span> the first {count(FAILING)} of {count(failing.length)}</span>}</th><th scope="col" className="num">measured</th><th scope="col" className="num">limit</th><th scope="col">behind it</th></tr></thead>
          <tbody>
            {failing.slice(0, FAILING).map((gate) => (
              <tr key={gateKey(gate)}>
                <th scope="row" title={[gateName(gate), gate.slice].filter(Boolean).join(", where ")}>
                  <div className={css.gate}><Icon name="cross" /><button type="button" onClick={() => go("gates", { gate: gateKey(gate) })}><Verbatim>{gateName(gate)}</Verbatim></button>{gate.waived && <b title={`until ${date(gate.waived.until)}`}>waived</b>}{gate.slice && <span><Verbatim>{gate.slice}</Verbatim></span>}</div>
                </th>
                <td className={`num ${css.red}`}>{measuredAndLimit(gate).measured}</td>
                <td className="num t2">{limitWords(gate)}</td>
                <td>{gate.offending > 0 ? <button type="button" className="link" onClick={() => open(gate)}>{behindWords(gate)}</button> : <span className="t2">{gate.measured === null ? "see its note" : "none"}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {holding.length > 0 && <Holding gates={holding} onAll={() => go("gates")} onOpen={(gate) => go("gates", { gate: gateKey(gate) })} />}
    </>
  );
}

function Holding({ gates, onAll, onOpen }: { gates: readonly GateRow[]; onAll(): void; onOpen(gate: GateRow): void }) {
  return (
    <>
      <h3 className={css.quiet}>Pass{gates.length > HOLDING && <>, and <button type="button" className="link" onClick={onAll}>{count(gates.length - HOLDING)} more</button></>}</h3>
      <ul className={css.holding}>
        {gates.slice(0, HOLDING).map((gate) => (
          <li key={gateKey(gate)} title={`${[gateName(gate), gate.slice].filter(Boolean).join(", where ")}: ${limitWords(gate)}`}>
            <Icon name={gate.passed ? "check" : "minus"} />
            <button type="button" onClick={() => onOpen(gate)}><Verbatim>{gateName(gate)}</Verbatim></button>
            <span>{measuredAndLimit(gate).measured}</span>
            <i>{limitWords(gate)}</i>
          </li>
        ))}
      </ul>
    </>
  );
}
