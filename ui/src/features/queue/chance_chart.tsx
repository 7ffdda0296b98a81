/// Chance that it passes: how often no more are found than the rule allows, by the share that is truly defective.
import { Charted } from "@/components/charted";
import type { ClaimPrice } from "@/ipc";
import { count, percent } from "@/lib/format";
import { atMost } from "@/lib/hypergeometric";
import { chanceCurve } from "./chance";
import { ChanceCurves } from "./chance_curves";
import { allowedWords, type Claim } from "./claim";

/** A draw and the number of defective samples it may hold. */
export interface Plan {
  readonly drawn: number;
  readonly allowed: number;
}

export interface ChanceProps {
  population: number;
  drawn: number;
  claim: Claim | null;
  prices: readonly ClaimPrice[];
  /** The share that is claimed not to be reached. */
  limit: number;
}

/** The plan that is drawn, and those that would support the same claim with another number allowed. */
export function plansOf({ drawn, claim, prices }: Pick<ChanceProps, "drawn" | "claim" | "prices">): [Plan, ...Plan[]] {
  const mine = { drawn, allowed: claim?.allowed ?? 0 };
  const row = claim && prices.find((price) => price.defective_below === claim.below);
  const others = (row?.samples ?? []).flatMap((samples, allowed) => (samples === null || allowed === mine.allowed ? [] : [{ drawn: samples, allowed }]));
  return [mine, ...others];
}

export function planWords(plan: Plan): string {
  return `${allowedWords(plan.allowed)}, ${count(plan.drawn)} drawn`;
}

export function ChanceChart({ population, drawn, claim, prices, limit }: ChanceProps) {
  const plans = plansOf({ drawn, claim, prices });
  const highest = Math.min(1, 1.6 * limit);
  const curve = chanceCurve(population, plans[0].drawn, highest, plans[0].allowed);
  const others = plans.slice(1);
  return (
    <Charted
      title="Chance that it passes" gloss={`${planWords(plans[0])}; exact`}
      columns={[{ head: "defective" }, { head: "truly defective", numeric: true, format: (share) => percent(share, 2) }, ...plans.map((plan) => ({ head: planWords(plan), numeric: true, format: (chance: number) => percent(chance) }))]}
      rows={curve.map((point) => {
        const defective = Math.round(point.share * population);
        return [count(defective), point.share, point.chance, ...others.map((plan) => atMost(population, defective, plan.drawn, plan.allowed))];
      })}
    >
      <ChanceCurves population={population} plans={plans} limit={limit} highest={highest} />
    </Charted>
  );
}
