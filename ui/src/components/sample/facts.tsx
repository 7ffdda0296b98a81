/// What is known of a sample without anybody's opinion: always shown, never sealed.
import { Verbatim } from "../verbatim";
import type { SampleDetail } from "@/ipc";
import { Button } from "@/components/button";
import { count, date } from "@/lib/format";
import css from "./sample.module.css";

export function dimension(sample: SampleDetail, name: string): string {
  return sample.dimensions.find(([key]) => key === name)?.[1] ?? "";
}

export interface FactsProps {
  sample: SampleDetail;
  /** Whether copies of it were looked for. */
  measured?: boolean;
  /** Why it cannot be compared now. */
  unavailable?: string | undefined;
  onCompare(): void;
}

export function Facts({ sample, measured = true, unavailable, onCompare }: FactsProps) {
  const source = dimension(sample, "source") || sample.path;
  const collected = dimension(sample, "collected_at");
  const license = dimension(sample, "license");
  const near = sample.cluster === null ? 0 : sample.cluster_size - 1;
  return (
    <dl className={css.facts} aria-label="Facts">
      <Fact name="Source">
        <Verbatim title={sample.path}>{source}, {sample.place}</Verbatim>
      </Fact>
      <Fact name="Collected">{collected ? date(collected) : <Missing />}</Fact>
      <Fact name="Licence">{license ? <Verbatim>{license}</Verbatim> : <Missing />}</Fact>
      {measured && <Fact name="Exact copies">{sample.exact_copies === 0 ? "none" : count(sample.exact_copies)}</Fact>}
      {measured && <Fact name="Near-duplicates">
        {near > 0 ? <Button kind="plain" className={css.near} keys="D" label={`Compare ${count(near)} near-duplicates`} unavailable={unavailable} onPress={onCompare}><span className={css.link}>{count(near)}</span></Button> : "none"}
      </Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Missing() {
  return <span className="t2">not stated</span>;
}
