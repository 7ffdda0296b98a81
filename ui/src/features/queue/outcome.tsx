/// The right side of the builder: what may be said once the list is read, and what saying more would cost.
import { Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import type { Fault, QueuePreview } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { count } from "@/lib/format";
import { ChanceChart } from "./chance_chart";
import { boundWords, type Claim } from "./claim";
import type { QueueForm } from "./form";
import { PriceTable } from "./price_table";
import css from "./queue.module.css";

export interface OutcomeProps {
  preview: QueuePreview | null;
  /** What is shown is being replaced. */
  replaced: boolean;
  /** Why the form as it stands cannot be drawn. */
  refused: Fault | null;
  /** What the form comes to. */
  form: QueueForm;
  onClaim(claim: Claim | null, size: number): void;
}

export function Outcome({ preview, replaced, refused, form, onClaim }: OutcomeProps) {
  return (
    <div className={css.out} aria-busy={replaced}>
      {refused && <p className={css.refused} role="alert"><b>It cannot be drawn so.</b> {faultWords(refused)}{preview && " Below stands what could be drawn before."}</p>}
      {preview ? <div className={replaced ? css.stale : undefined}><Said preview={preview} form={form} onClaim={onClaim} /></div> : (
        <section>
          <SectionHead title="Sampling statement" gloss="as it will stand on the card" />
          <p className="t2">It stands here as soon as the samples and the size can be read.</p>
        </section>
      )}
    </div>
  );
}

function Said({ preview, form, onClaim }: Pick<OutcomeProps, "form" | "onClaim"> & { preview: QueuePreview }) {
  const { size, slice_samples: population, strata, estimates } = preview;
  return (
    <>
      <section>
        <SectionHead title="Sampling statement" gloss="as it will stand on the card" />
        <p className={css.say} aria-live="polite"><Visible text={preview.statement} /></p>
        {!estimates && <p className={css.supports}>These samples are picked, not drawn: what is found in them says nothing of the rest.</p>}
        {estimates && preview.supports_below < 1 && <p className={css.supports}>
          If none of {count(size)} is defective, fewer than <b className="strong">{boundWords(preview.supports_below)}</b> of {count(population)} are, with 95{"\u00a0"}% confidence{strata.length > 0 && ", wherever the defective ones may lie"}.
        </p>}
        {estimates && preview.supports_below >= 1 && <p className={css.supports}>So small a draw supports no claim about {count(population)} samples.</p>}
      </section>
      {estimates && <PriceTable preview={preview} form={form} onClaim={onClaim} />}
      {estimates && strata.length > 0 && <section>
        <SectionHead title="Chance that it passes" />
        <p className="t2">Not defined for a draw from strata: it depends on which strata hold the defective samples, not on their share alone.</p>
      </section>}
      {estimates && strata.length === 0 && size > 0 && population > 0 && <ChanceChart population={population} drawn={size} claim={form.claim} prices={preview.prices} limit={form.claim?.below ?? preview.supports_below} />}
    </>
  );
}
