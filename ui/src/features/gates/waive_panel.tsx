/// Waiving a failing gate: the sentence as the card will print it, the reason, the last day, and what a waiver does.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Icon, type IconName } from "@/components/icon";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import radio from "@/components/radio.module.css";
import { asFault, call, type GateRow } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { date } from "@/lib/format";
import { gateName, measuredAndLimit, waiverSentence } from "@/lib/gates";
import { useSession, useSnapshot } from "@/lib/session";
import { gatesKey } from "@/lib/use_gates";
import css from "./gates.module.css";
import { dayAfter, dayProblem } from "./waiver";

const TERMS = ["30", "90", "other"] as const;
type Term = (typeof TERMS)[number];

function Meaning({ icon, strong, children }: { icon: IconName; strong: string; children: ReactNode }) {
  return <li><Icon name={icon} /><p><b>{strong}</b> {children}</p></li>;
}

export function WaivePanel({ gate, person, onClose }: { gate: GateRow; person: string; onClose(): void }) {
  const at = useSnapshot();
  const client = useQueryClient();
  const { refresh } = useSession();
  const [now] = useState(() => new Date());
  const [reason, setReason] = useState("");
  const [term, setTerm] = useState<Term>("30");
  const [typed, setTyped] = useState("");
  const until = term === "other" ? typed.trim() : dayAfter(now, Number(term));
  const problem = dayProblem(until, now);
  const { measured } = measuredAndLimit(gate);
  const waiving = useMutation({
    mutationFn: () => call("gate_waive", { dataset: at!.dataset, snapshot: at!.snapshot, gate: gate.id, slice: gate.slice, about: gate.about, reason: reason.trim(), until }),
    onSuccess: async (gates) => {
      await refresh();
      const app = client.getQueryData<{ workspace: { last_entry: { seq: number } | null } | null }>(["app_state"]);
      client.setQueryData(gatesKey(at), { gates, entry: app?.workspace?.last_entry?.seq ?? 0 });
      void client.invalidateQueries({ queryKey: ["activity_page"] });
      onClose();
    },
  });
  const unavailable = waiving.isPending ? "being saved" : reason.trim() === "" ? "needs a reason" : problem ? `the last day: ${problem}` : undefined;
  return (
    <form className={css.panel} aria-label={`Waive ${gateName(gate)}`} onSubmit={(event) => { event.preventDefault(); if (!unavailable) waiving.mutate(); }}>
      <div className={css.panelHead}>
        <h2>Waive <Verbatim>{gateName(gate)}</Verbatim></h2>
        <span className="gap" />
        <Button kind="plain" size="small" icon="cross" label="Close without waiving" onPress={onClose} />
      </div>
      <div className={css.panelBody}>
        <div className={css.part}>
          <h3 className={css.quietHead}>As it will stand on the card</h3>
          <p className={css.sentence}><Visible text={waiverSentence(gate, person, problem ? dayAfter(now, 30) : until)} /> {reason.trim() && <span dir="auto"><Visible text={reason.trim()} /></span>}</p>
        </div>
        <div className={css.part}>
          <Field label="Reason" hint="Required; printed in full." lines={4} value={reason} onChange={setReason} autoFocus onSubmit={() => !unavailable && waiving.mutate()} onEscape={onClose} />
        </div>
        <div className={css.part}>
          <RadioGroup aria-label="Last day" value={term} onChange={(next) => setTerm(next as Term)}>
            <h3>Last day</h3>
            <Radio value="30" className={radio.radio!}><b>30 days</b> until {date(dayAfter(now, 30))}</Radio>
            <Radio value="90" className={radio.radio!}><b>90 days</b> until {date(dayAfter(now, 90))}</Radio>
            <Radio value="other" className={radio.radio!}><b>Another day</b></Radio>
          </RadioGroup>
          {term === "other" && <Field label="Last day, as YYYY-MM-DD" unlabelled className={css.day} value={typed} onChange={setTyped} placeholder="2027-01-31" problem={typed !== "" ? problem : undefined} onEscape={onClose} />}
        </div>
        <div className={css.part}>
          <h3 className={css.quietHead}>What a waiver does</h3>
          <ul className={css.meaning}>
            <Meaning icon="cross" strong="A waived gate still fails.">The overview, this list and <code>assay check</code> go on saying so.</Meaning>
            <Meaning icon="lock" strong="It may stay as bad as it is now.">It holds for {measured} and no worse; a worse figure ends it.</Meaning>
            <Meaning icon="activity" strong="It stands in the ledger">under your name, with reason and last day. A later waiver does not erase it.</Meaning>
          </ul>
        </div>
      </div>
      <div className={css.foot}>
        {waiving.isError && <p role="alert" className={css.wrong}><Icon name="cross" /><span>Not waived: {faultWords(asFault(waiving.error, "Waiving the gate"))}</span></p>}
        {!waiving.isError && unavailable && <span className="small t2">{unavailable === "being saved" ? "Measuring, then saving…" : `Not yet: ${unavailable}.`}</span>}
        <span className="gap" />
        <Button onPress={onClose}>Cancel</Button>
        <Button type="submit" kind="ink" unavailable={unavailable}>Waive the gate</Button>
      </div>
    </form>
  );
}
