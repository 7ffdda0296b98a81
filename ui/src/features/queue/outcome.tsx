/// The right side of the builder: what may be said once the list is read, and what saying more would cost.
import { Button } from "@/components/button";
import { SectionHead } from "@/components/section_head";
import type { QueuePreview } from "@/ipc";
import { count } from "@/lib/format";
import { ChanceChart } from "./chance_chart";
import { bestClaim, limitWords } from "./form";
import css from "./queue.module.css";

export interface OutcomeProps {
  preview: QueuePreview | null;
  /** What is shown belongs to an earlier form. */
  stale: boolean;
  size: number;
  onSize(size: number): void;
}

export function Outcome({ preview, stale, size, onSize }: OutcomeProps) {
  if (!preview) {
    return (
      <div className={css.out}>
        <SectionHead title="Sampling statement" gloss="as it will stand on the card" />
        <p className="t2">It stands here as soon as the filter and the size can be read.</p>
      </div>
    );
  }
  const paid = bestClaim(preview.prices, size);
  return (
    <div className={stale ? `${css.out} ${css.stale}` : css.out} aria-busy={stale}>
      <section>
        <SectionHead title="Sampling statement" gloss="as it will stand on the card" />
        <p className={css.say} aria-live="polite">{preview.statement}</p>
        {!preview.estimates && <p className={css.supports}>These samples are picked, not drawn: what is found in them says nothing of the rest.</p>}
        {preview.estimates && <p className={css.supports}>
          If none of {count(size)} is defective, fewer than <b className="strong">{limitWords(preview.supports_below)}</b> of {count(preview.slice_samples)} are, with 95{"\u00a0"}% confidence.
        </p>}
      </section>
      {preview.estimates && <section>
        <SectionHead title="Price of a claim" gloss="samples to read; exact, 95 %" />
        <table className={css.price}>
          <thead>
            <tr><th scope="col">defective</th><th scope="col" className="num">samples to read</th><th scope="col"><span className="unseen">Choose</span></th></tr>
          </thead>
          <tbody>
            {preview.prices.map((price) => (
              <tr key={price.defective_below} aria-current={price === paid ? "true" : undefined}>
                <th scope="row">fewer than {limitWords(price.defective_below)}</th>
                <td className="num"><span className={price === paid ? css.paid : css.cost}>{count(price.samples)}</span></td>
                <td className="num">
                  {price.samples === size ? <span className="small t2">this size</span> : <Button size="small" kind="plain" label={`Draw ${count(price.samples)}`} onPress={() => onSize(price.samples)}>draw {count(price.samples)}</Button>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>}
      {preview.estimates && size > 0 && preview.slice_samples > 0 && <ChanceChart population={preview.slice_samples} drawn={Math.min(size, preview.slice_samples)} limit={preview.supports_below} />}
    </div>
  );
}
