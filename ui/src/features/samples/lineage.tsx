/// One sample's way: from the file it was read from to the releases that hold it.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import { call, type LineageStep } from "@/ipc";
import { count, sentence } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { faultWords } from "@/lib/fault_words";
import { asFault } from "@/ipc";
import css from "./lineage.module.css";

export function Lineage({ sample }: { sample: number }) {
  const [open, setOpen] = useState(false);
  const way = useQuery({ queryKey: ["sample_lineage", sample], queryFn: () => call("sample_lineage", { sample }), enabled: open, staleTime: 0 });
  return (
    <section>
      <h3>Lineage<span className="gap" /><Button kind="plain" size="small" onPress={() => setOpen(!open)}>{open ? "Hide" : "From file to release"}</Button></h3>
      {open && way.isError && <p role="alert">Not found: {faultWords(asFault(way.error, "Following the sample"))}</p>}
      {open && way.data && <Steps steps={way.data} />}
    </section>
  );
}

/** Steps of one stage stand together under its name. */
export function Steps({ steps }: { steps: readonly LineageStep[] }) {
  return (
    <ol className={css.way} aria-label="Steps of the sample's way">
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of one answer never move.
        <li key={index} className={steps[index - 1]?.stage === step.stage ? css.same : undefined}>
          <span className={css.stage}>{steps[index - 1]?.stage === step.stage ? "" : sentence(step.stage)}</span>
          <span className={css.what}><What step={step} />{step.detail && <span className="t2"> <Visible text={step.detail} /></span>}</span>
        </li>
      ))}
    </ol>
  );
}

function What({ step }: { step: LineageStep }) {
  const { go } = useNavigation();
  if (step.filter !== null) return <button type="button" className="link" onClick={() => go("samples", { filter: step.filter! })}><Verbatim>{step.what}</Verbatim></button>;
  if (step.entry !== null) return <><Verbatim>{step.what}</Verbatim> <button type="button" className="link num" aria-label={`Entry ${step.entry} of ${step.what}`} onClick={() => go("activity", { entry: String(step.entry) })}>#{count(step.entry)}</button></>;
  return <Verbatim>{step.what}</Verbatim>;
}
