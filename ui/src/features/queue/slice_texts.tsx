/// What will be asked about: five texts of the slice at random, before anything is drawn from it.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { OriginLabel } from "@/components/origin_glyph";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import { asFault, type BulkPreview, type BulkSelection, call, type NamedSlice } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { count, counted } from "@/lib/format";
import { type QueueForm, wholeNumber } from "./form";
import css from "./queue.module.css";
import { Row } from "./row";
import { useSettled } from "./use_settled";

/** Texts that are shown; more would be reading, and that is what the queue is for. */
const SHOWN = 5;

export interface SliceTextsProps {
  at: { dataset: string; snapshot: number };
  form: QueueForm;
  slice: NamedSlice | null;
  /** The filter is refused, and says so itself. */
  unusable: boolean;
}

/** The samples that the queue would be drawn from; `null` where the choice made by hand is gone. */
export function selectionOf(at: SliceTextsProps["at"], form: Pick<QueueForm, "filter" | "hands">, slice: NamedSlice | null): BulkSelection | null {
  if (form.hands === "gone") return null;
  return { ...at, filter: slice?.filter ?? form.filter.trim(), picked: form.hands.picked ?? null, left_out: form.hands.left_out ?? [] };
}

export function SliceTexts({ at, form, slice, unusable }: SliceTextsProps) {
  // A blurred slice shows no text that was not asked for, here as in review.
  const [asked, setAsked] = useState<string | null>(null);
  const settled = useSettled(form, 400);
  const waits = form.slice !== null && slice === null;
  const selection = unusable || waits ? null : selectionOf(at, settled, slice);
  const hidden = slice?.blurred === true && asked !== slice.name;
  const request = { selection: selection!, seed: wholeNumber(settled.seed) ?? 0 };
  const found = useQuery({ queryKey: ["slice_texts", request], queryFn: () => call("bulk_preview", request), enabled: selection !== null && !hidden, retry: false });
  return (
    <Row label="Texts">
      {hidden ? <Button size="small" onPress={() => setAsked(slice.name)}>Show {SHOWN} of its blurred texts</Button>
        : selection === null ? <p className={css.fixed}><span className="t2">Shown once the samples can be found.</span></p>
          : found.isError ? <p className={css.problem} role="alert">{faultWords(asFault(found.error, "looking for texts"))}</p>
            : found.data ? <Texts preview={found.data} /> : <p className={css.fixed}><span className="t2">Looking for texts…</span></p>}
    </Row>
  );
}

function Texts({ preview }: { preview: BulkPreview }) {
  const rows = preview.hits.slice(0, SHOWN);
  const gold = preview.gold > 0 ? ` ${counted(preview.gold, "sample")} of gold ${preview.gold === 1 ? "is" : "are"} not shown.` : "";
  if (rows.length === 0) return <p className={css.fixed}><span className="t2">The slice holds no text.{gold}</span></p>;
  return (
    <>
      <ul className={css.texts} aria-label="Texts of the slice">
        {rows.map((row) => (
          <li key={row.sample}><OriginLabel origin={row.origin} /><span dir="auto" lang={row.language || undefined}><Visible text={row.text} /></span><Verbatim className="t2">{row.domain}</Verbatim></li>
        ))}
      </ul>
      <p className={css.note}>{rows.length < preview.samples ? `${count(rows.length)} of the slice’s ${counted(preview.samples, "text")} at random, as an example; which ones are drawn is not decided yet.` : "All of the slice."}{gold}</p>
    </>
  );
}
