/// A dispute that is no longer one, or not for this person: said calmly, with what became of it.
import { useCopied } from "@/components/answer/strips";
import { Button } from "@/components/button";
import { Empty } from "@/components/states";
import type { Fault, SettledDispute } from "@/ipc";
import { Verbatim } from "@/components/verbatim";
import { VERDICT_WORDS } from "@/components/verdict_mark";
import { faultWords } from "@/lib/fault_words";
import { count } from "@/lib/format";
import css from "./adjudicate.module.css";
import { causeName } from "./causes";

export interface OvertakenProps {
  fault: Fault;
  /** How it was settled, where it was. */
  settled: SettledDispute | undefined;
  /** What could not be saved, as text to take away. */
  unsaved: string | null;
  onLeave(): void;
}

export function Overtaken({ fault, settled, unsaved, onLeave }: OvertakenProps) {
  const [copied, copy] = useCopied();
  const words = settled
    ? `${settled.by} settled it as ${VERDICT_WORDS[settled.verdict].toLowerCase()}, entry #${count(settled.seq)}: ${causeName(settled.cause).toLowerCase()}.`
    : faultWords(fault);
  return (
    <div className={css.whole}>
      <Empty
        title={settled ? "Settled meanwhile" : "Not open for you"}
        action={<>
          <Button kind="ink" onPress={onLeave}>Go on</Button>
          {unsaved && <Button onPress={() => copy(unsaved, "Copied as text.")}>Copy what you had written</Button>}
          <span role="status" className="small t2">{copied}</span>
        </>}
      >
        <Verbatim>{words}</Verbatim>{unsaved && " What you had written was not saved."}
      </Empty>
    </div>
  );
}
