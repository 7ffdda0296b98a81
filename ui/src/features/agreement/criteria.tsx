/// Agreement on each criterion: one figure a row, the ordinal alpha; the table has the other coefficients.
import { Charted } from "@/components/charted";
import { Verbatim } from "@/components/verbatim";
import type { CriterionAgreement } from "@/ipc";
import { counted, sentence } from "@/lib/format";
import { DotRows } from "./dot_rows";
import { coefficient, wordsOf } from "./names";

const plain = (value: number) => value.toFixed(3).replace("-", "−");

/** `Safe` and `clinical advice` from `clinical advice/safe`. */
export function criterionName(criterion: string): { name: string; rubric: string } {
  const at = criterion.lastIndexOf("/");
  return { name: sentence(criterion.slice(at + 1)), rubric: criterion.slice(0, Math.max(0, at)) };
}

export function ByCriterion({ criteria }: { criteria: readonly CriterionAgreement[] }) {
  if (criteria.length === 0) return null;
  const title = "By criterion";
  const of = (each: CriterionAgreement, name: string) => coefficient(each.figures, name).value;
  return (
    <Charted
      title={title} gloss="Krippendorff’s alpha, ordinal: scores have an order"
      columns={[{ head: "criterion" }, { head: "samples", numeric: true }, { head: "by several", numeric: true }, ...["alpha, ordinal", "low", "high", "percent", "AC1", "alpha, interval"].map((head) => ({ head, numeric: true, format: plain })), { head: "not defined because" }]}
      rows={criteria.map((each) => {
        const { value, low, high, undefined: why } = coefficient(each.figures, "alpha_ordinal");
        return [each.criterion, each.figures.items, each.figures.rated_by_several, value, low, high, of(each, "percent"), of(each, "ac1"), of(each, "alpha_interval"), why];
      })}
    >
      <DotRows
        title={title} axis="alpha"
        rows={criteria.map((each) => {
          const { name, rubric } = criterionName(each.criterion);
          const ordinal = coefficient(each.figures, "alpha_ordinal");
          return { ...ordinal, key: each.criterion, name: <Verbatim>{name}</Verbatim>, gloss: rubric, of: counted(each.figures.rated_by_several, "sample"), words: wordsOf(ordinal) };
        })}
      />
    </Charted>
  );
}
