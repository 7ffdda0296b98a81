/// Machine opinions of the sample: sealed until this person has answered, then one key away, and each reveal an entry.
import { useEffect, useRef } from "react";
import { Badge } from "@/components/badge";
import { Button } from "@/components/button";
import { OpinionList } from "@/components/opinions";
import type { PartDetail, Seal } from "@/ipc";
import { count, time } from "@/lib/format";
import css from "./opinions_panel.module.css";

export interface OpinionsPanelProps {
  seal: Seal;
  parts: readonly PartDetail[];
  /** Why they cannot be unsealed now. */
  sealed: string | undefined;
  unsealing: boolean;
  /** What went wrong when they were to be unsealed. */
  fault: string | null;
  onUnseal(): void;
}

export function OpinionsPanel({ seal, parts, sealed, unsealing, fault, onUnseal }: OpinionsPanelProps) {
  const panel = useRef<HTMLElement>(null);
  const shown = seal.opinions !== null;
  useEffect(() => {
    if (shown) panel.current?.scrollIntoView?.({ block: "nearest" });
  }, [shown]);
  return (
    <section ref={panel} className={css.panel} aria-label="Machine opinions">
      <h2>
        Machine opinions
        {seal.unsealed ? <span>unsealed {time(seal.unsealed.at)}, #{count(seal.unsealed.seq)}</span> : <span>sealed</span>}
        {seal.revised && <Badge kind="plain" icon="undo">revised after reveal</Badge>}
      </h2>
      {seal.unsealed ? (
        seal.opinions ? <OpinionList opinions={seal.opinions} parts={parts} /> : <p className="small t2">The snapshot this sample was drawn from is gone, and its opinions with it.</p>
      ) : (
        <div className={css.sealed}>
          <p className="small t2">{sealed ? "Sealed until you have answered." : "Unsealing is written to the ledger. An answer changed afterwards is marked."}</p>
          <Button size="small" keys="E" unavailable={unsealing ? "unsealing…" : sealed} onPress={onUnseal}>Unseal</Button>
        </div>
      )}
      {fault && <p className={css.fault} role="alert">Not unsealed: {fault}</p>}
    </section>
  );
}
