/// What each rule of a policy takes, and what is left.
import { Icon, type IconName } from "@/components/icon";
import { Verbatim } from "@/components/verbatim";
import type { OriginCount, ReleasePlan, ReleaseRule } from "@/ipc";
import { count, counted, percent } from "@/lib/format";
import css from "./release.module.css";

export function Plan({ plan }: { plan: ReleasePlan }) {
  return (
    <>
      <section aria-label="Rules">
        <h2>{count(plan.samples)} of {counted(plan.candidates, "sample")}</h2>
        <table className={css.rules}>
          <thead><tr><th scope="col">rule</th><th scope="col" className="num">takes</th><th scope="col" className="num">tokens</th><th scope="col" className="num">human after</th><th scope="col" className="num">machine after</th><th scope="col" className="num">left</th></tr></thead>
          <tbody>
            {plan.rules.map((rule) => <Rule key={rule.rule} rule={rule} />)}
            <tr><td>released</td><td className="num" /><td className="num">{count(plan.tokens)}</td><td className="num">{share(plan.origins, "human")}</td><td className="num">{share(plan.origins, "machine")}</td><td className="num">{count(plan.samples)}</td></tr>
          </tbody>
        </table>
      </section>
      <section aria-label="What else it says">
        <ul className={css.facts}>
          <Fact icon={plan.weights_locked ? "lock" : "check"} wrong={plan.weights_locked}>{weightWords(plan)}</Fact>
          <Fact icon="shield">{goldWords(plan)}</Fact>
          {plan.rows !== plan.samples && <Fact icon="check">{`${counted(plan.rows, "row")}: rare classes are repeated`}</Fact>}
          {plan.signed_off !== null && <Fact icon="check">A sign-off of this snapshot stands and goes with it</Fact>}
          {plan.ablations.map((set) => <Fact key={set.ratio} icon="check">{`Ablation set of ${counted(set.samples, "sample")}, ${percent(set.ratio, 0)} from machines`}</Fact>)}
        </ul>
      </section>
    </>
  );
}

function Fact({ icon, wrong = false, children }: { icon: IconName; wrong?: boolean; children: string }) {
  return <li className={wrong ? css.wrong : undefined}><Icon name={icon} /><span>{children}</span></li>;
}

function Rule({ rule }: { rule: ReleaseRule }) {
  return (
    <tr className={rule.samples === 0 ? css.none : undefined}>
      <td className={css.rule}><Verbatim>{rule.rule}</Verbatim>{rule.tail.length > 0 && <ul className={css.tail} aria-label={`Rare classes that ${rule.rule} reduces`}>{rule.tail.map((one) => <li key={`${one.dimension} ${one.class}`}><Verbatim>{one.dimension} {one.class}</Verbatim>: {count(one.after)} left of {count(one.before)}</li>)}</ul>}</td>
      <td className="num">{rule.samples === 0 ? "none" : count(rule.samples)}</td>
      <td className="num">{rule.samples === 0 ? "" : count(rule.tokens)}</td>
      <td className="num">{share(rule.after, "human")}</td>
      <td className="num">{share(rule.after, "machine")}</td>
      <td className="num">{count(total(rule.after))}</td>
    </tr>
  );
}

function total({ human, machine, mixed, unknown }: OriginCount): number {
  return human + machine + mixed + unknown;
}

function share(origins: OriginCount, of: "human" | "machine"): string {
  const all = total(origins);
  return all === 0 ? "" : percent(origins[of] / all);
}

export function weightWords({ weights, weights_locked: locked }: ReleasePlan): string {
  if (locked) return "The policy weighs by origin or source: that waits for a sign-off of this snapshot";
  if (weights === null || (weights[0] === 1 && weights[1] === 1)) return "Every sample counts the same";
  return `Weights from ${weights[0]} to ${weights[1]}`;
}

export function goldWords({ gold_exact, gold_normalised, gold_near, not_compared }: ReleasePlan): string {
  const found = gold_exact + gold_normalised + gold_near;
  const crowded = not_compared > 0 ? `; ${counted(not_compared, "text")} resembled so many others that not every pair was compared` : "";
  if (found === 0) return `No gold in it, as it is or nearly${crowded}`;
  return `Gold stays out: ${count(gold_exact)} as they are, ${count(gold_normalised)} equal when normalised, ${count(gold_near)} nearly${crowded}`;
}
