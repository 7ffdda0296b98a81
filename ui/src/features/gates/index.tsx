/// Gates: the limits a dataset must hold to, each measured, with what is behind it.
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { SectionHead } from "@/components/section_head";
import { Empty, Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { Working } from "@/components/working";
import { asFault, type ChosenContract, type ContractInfo, type Gates } from "@/ipc";
import { runCommand, useCommands } from "@/lib/commands";
import { count, counted } from "@/lib/format";
import { fails } from "@/lib/gates";
import { useNavigation } from "@/lib/place";
import { useSession, useSnapshot } from "@/lib/session";
import { useGates } from "@/lib/use_gates";
import { ChooseContract } from "./choose_contract";
import { Content, GatesExport } from "./content";
import { ContractText } from "./contract_text";
import css from "./gates.module.css";

export function View() {
  const at = useSnapshot();
  const { snapshot } = useSession();
  const { contract, measuring, measured } = useGates();
  const [choosing, setChoosing] = useState(false);
  const { keep } = useNavigation();
  const list = useRef<HTMLDivElement>(null);
  useCommands({ "gates.contract": { run: () => setChoosing(true), unavailable: contract.data ? undefined : "not possible yet" } });
  if (!at) return <Empty view="Gates" title="Nothing indexed yet" action={<Button onPress={() => runCommand("data.folder")}>Choose a folder…</Button>}>Limits are measured on a snapshot of a dataset.</Empty>;
  if (snapshot?.measured === false) return <Empty view="Gates" title={`Snapshot ${at.snapshot} is not measured yet`} action={<Button onPress={() => runCommand("go.indexing")}>Watch it</Button>}>Its gates stand here as soon as it is.</Empty>;
  if (contract.isError) return <Faulted view="Gates" doing="Reading the contract" cause={contract.error} safe="The dataset and the ledger are not affected." onRetry={() => void contract.refetch()} />;
  if (!contract.data) return <Loading view="Gates" what="Reading the contract…" />;
  const { chosen, bundled } = contract.data;
  const closeDialog = () => setChoosing(false);
  return (
    <div className={`view ${css.view}`}>
      <Head info={contract.data} gates={measured} again={(measuring.asking || measuring.job !== null) && measured !== null} onChoose={() => setChoosing(true)}>{measured && <GatesExport gates={measured} picture={list} />}</Head>
      {!chosen ? <NoContract info={contract.data} />
        : measuring.cause && !measured ? <Unmeasured cause={measuring.cause} contract={chosen} onRetry={measuring.again} />
        : !measured ? <Working of={measuring} what={`Measuring ${counted(chosen.gates, "gate")} on snapshot ${at.snapshot}…`} doing="Measuring the gates" />
        : measured.gates.length === 0 ? <Empty title="This contract asks for nothing" action={<Button onPress={() => setChoosing(true)}>Choose another…</Button>}>It has no limit, so nothing can fail.</Empty>
        : <Content gates={measured} contract={chosen} list={list} />}
      <Dialog title="Choose a contract" open={choosing} onClose={closeDialog}>
        {chosen && <p className={css.replaces}>Takes the place of <b><Verbatim>{chosen.name}</Verbatim></b>. Waivers stay in the ledger and hold for the contract they name.</p>}
        <ChooseContract bundled={bundled} onChosen={() => { closeDialog(); keep({ gate: undefined, waive: undefined }); }} />
      </Dialog>
    </div>
  );
}

/** Whether something has gone on for so long that it must be said. */
function useLate(going: boolean, ms = 250): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!going) return setLate(false);
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [going, ms]);
  return late;
}

function Head({ info, gates, again, onChoose, children }: { info: ContractInfo; gates: Gates | null; again: boolean; onChoose(): void; children: ReactNode }) {
  const late = useLate(again);
  const failing = gates?.gates.filter(fails) ?? [];
  const waived = failing.filter((gate) => gate.waived).length;
  return (
    <header className={css.head}>
      <h1>Gates</h1>
      {info.chosen && (
        <p className="small t2">
          Contract <b className={css.contractName}><Verbatim>{info.chosen.name}</Verbatim></b>.{" "}
          {gates && (failing.length > 0 ? <><b className={css.red}>{count(failing.length)} of {count(gates.gates.length)} fail</b>{waived > 0 && `, ${count(waived)} waived`}. </> : gates.gates.length === 1 ? "The gate does not fail. " : `None of ${count(gates.gates.length)} fails. `)}
          {gates && `Measured on snapshot ${gates.snapshot}.`}{late && " Measuring again…"}
        </p>
      )}
      <span className="gap" />
      {info.chosen && <Button onPress={onChoose}>Change the contract…</Button>}
      {children}
    </header>
  );
}

/** A fault of the contract itself stands beside its line. */
function Unmeasured({ cause, contract, onRetry }: { cause: unknown; contract: ChosenContract; onRetry(): void }) {
  const { line } = asFault(cause, "Measuring the gates");
  const fault = <Faulted doing="Measuring the gates" cause={cause} safe="Nothing was changed. Waivers stand in the ledger." onRetry={onRetry} />;
  if (line === null) return fault;
  return (
    <div className={css.columns}>
      <div className={css.failed}>{fault}</div>
      <div className={css.panel}><div className={css.contract}><SectionHead title="In the contract" gloss={<><Verbatim>{contract.name}</Verbatim>, line {line}</>} /><ContractText text={contract.text} line={line} /></div></div>
    </div>
  );
}

function NoContract({ info }: { info: ContractInfo }) {
  return (
    <div className={css.none}>
      <div>
        <h2>No contract is chosen</h2>
        <p className="t2">A contract is a list of limits: how much of the data may be machine-written, repeated, unreviewed. Each limit is measured on a snapshot, with the samples behind it. Begin with one of these, and make it your own.</p>
        <ChooseContract bundled={info.bundled} onChosen={() => undefined} />
      </div>
    </div>
  );
}
