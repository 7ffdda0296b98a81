/// How many are drawn, and the claim that is registered with them.
import { Button } from "@/components/button";
import type { QueuePreview } from "@/ipc";
import { count } from "@/lib/format";
import { claimProblem, claimWords, priceOf } from "./claim";
import type { QueueForm } from "./form";
import { CLAIM_NEEDS_RANDOM, sizeProblem } from "./problems";
import css from "./queue.module.css";
import { Row } from "./row";

export interface ClaimFieldProps {
  id: string;
  form: QueueForm;
  onChange(change: Partial<QueueForm>): void;
  preview: QueuePreview | null;
}

export function SizeField({ id, form, onChange, preview }: ClaimFieldProps) {
  const problem = sizeProblem(form.size, preview?.slice_samples ?? null);
  return (
    <Row label="Size" control={`${id}size`}>
      <input id={`${id}size`} className={`${css.input} ${css.number}`} inputMode="numeric" value={form.size} aria-invalid={problem !== undefined} onChange={(event) => onChange({ size: event.target.value })} />
      <span className={problem ? css.problem : css.beside}>{problem ?? (preview ? `of ${count(preview.slice_samples)}` : "")}</span>
    </Row>
  );
}

export function ClaimField({ form, onChange, preview }: Omit<ClaimFieldProps, "id">) {
  if (form.order !== "random") return <Row label="Claim"><p className={css.fixed}><span className="t2">None: {CLAIM_NEEDS_RANDOM}.</span></p></Row>;
  const { claim } = form;
  if (claim === null) return <Row label="Claim"><p className={css.fixed}><span className="t2">None yet. A cell of the price table registers one, and sets the size.</span></p></Row>;
  const problem = preview ? claimProblem(preview.prices, claim, preview.size) : undefined;
  const price = preview && priceOf(preview.prices, claim);
  return (
    <Row label="Claim">
      <div className={css.inline}>
        <span>{claimWords(claim)}</span>
        <Button size="small" kind="plain" onPress={() => onChange({ claim: null })}>Take away</Button>
        {problem && price !== null && <Button size="small" onPress={() => onChange({ size: String(price) })}>{`Draw ${count(price)}`}</Button>}
      </div>
      <p className={problem ? css.problem : css.note} aria-live="polite">{problem ? `This draw does not support it: ${problem}.` : "Registered with the list, before anyone looks."}</p>
    </Row>
  );
}
