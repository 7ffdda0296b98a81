/// Price of a claim: for each limit and number of defective samples allowed, the samples to read and the hours it takes.
import { Button as AriaButton } from "react-aria-components";
import { SectionHead } from "@/components/section_head";
import type { ClaimPrice, QueuePreview } from "@/ipc";
import { count } from "@/lib/format";
import { type Claim, claimWords, limitWords, same } from "./claim";
import { expertsWords, hours } from "./effort";
import type { QueueForm } from "./form";
import css from "./queue.module.css";

const ALLOWED = ["none found", "1 allowed", "2 allowed"];

export interface PriceTableProps {
  preview: QueuePreview;
  /** What the form comes to. */
  form: QueueForm;
  /** A claim is chosen with its size, or taken back. */
  onClaim(claim: Claim | null, size: number): void;
}

export function PriceTable({ preview, form, onClaim }: PriceTableProps) {
  const { prices, seconds_each, strata } = preview;
  const each = seconds_each === null ? null : seconds_each * form.reviewers;
  return (
    <section>
      <SectionHead title="Price of a claim" gloss={`samples to read${each === null ? "" : `, and hours for ${expertsWords(form.reviewers)}`}; exact hypergeometric, 95 %`} />
      <table className={css.price}>
        <thead><tr><th scope="col">defective</th>{ALLOWED.map((head) => <th key={head} scope="col" className="num">{head}</th>)}</tr></thead>
        <tbody>
          {prices.map((price) => (
            <tr key={price.defective_below}>
              <th scope="row">fewer than {limitWords(price.defective_below)}</th>
              {price.samples.map((samples, allowed) => <td key={ALLOWED[allowed]} className="num"><Cell price={price} allowed={allowed} samples={samples} each={each} claim={form.claim} onClaim={onClaim} /></td>)}
            </tr>
          ))}
        </tbody>
      </table>
      {strata.length > 0 && <p className={css.note}>Over strata a claim allows no defective sample, and holds wherever the defective ones may lie.</p>}
      {each === null && <p className={css.note}>Hours stand here once ten answers under this rubric were measured.</p>}
    </section>
  );
}

interface CellProps {
  price: ClaimPrice;
  allowed: number;
  samples: number | null;
  /** Seconds that a sample takes all reviewers; `null` while not known. */
  each: number | null;
  claim: Claim | null;
  onClaim(claim: Claim | null, size: number): void;
}

function Cell({ price, allowed, samples, each, claim, onClaim }: CellProps) {
  if (samples === null) return <span className="t3" title="no draw from this slice would do">–</span>;
  const of = { below: price.defective_below, allowed };
  const chosen = same(claim, of);
  const time = each === null ? null : hours(samples * each);
  return (
    <AriaButton className={chosen ? `${css.cell} ${css.paid}` : css.cell!} aria-pressed={chosen} onPress={() => onClaim(chosen ? null : of, samples)}>
      <b>{count(samples)}</b>{time && <span>{` ${time}`}</span>}<span className="unseen">{` to claim ${claimWords(of)}`}</span>
    </AriaButton>
  );
}
