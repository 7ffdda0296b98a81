/// The states of an answer that takes a job: being found, with a way to stop; stopped; failed. Its content is the caller's.
import { useEffect, useState } from "react";
import type { Job } from "@/ipc";
import { percent } from "@/lib/format";
import type { Answer } from "@/lib/use_answer";
import { Button } from "./button";
import { Faulted, Loading } from "./states";
import css from "./states.module.css";

const LATE_MS = 250;
const BAR = 220;

/** How far the job is: its stage, and a bar that is not drawn for the first quarter of a second. */
function Progress({ what, job, onStop }: { what: string; job: Job; onStop(): void }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  const { stage, fraction, bytes_done, bytes_total } = job.progress;
  const far = stage === "reading" ? (bytes_total > 0 ? bytes_done / bytes_total : 0) : fraction;
  const words = job.state === "queued" ? "waits for its turn" : stage === "walking" ? "begins" : `${stage}, ${percent(far, 0)}`;
  return (
    <div className={css.state} role="status" aria-busy="true">
      {late && (
        <div className={css.words}>
          <p className={css.quiet}>{what}</p>
          <svg className={css.progress} width={BAR} height="4" role="img" aria-label={words}><rect width={BAR} height="4" rx="1" fill="var(--line)" /><rect width={BAR * Math.min(1, far)} height="4" rx="1" fill="var(--ink)" /></svg>
          <p className={css.quiet}>{words}</p>
          <div className={css.acts}><Button icon="stop" onPress={onStop}>Stop</Button></div>
        </div>
      )}
    </div>
  );
}

export interface WorkingProps<T> {
  of: Answer<T>;
  /** `Comparing the snapshots…` */
  what: string;
  /** `Comparing 6 with 7`, for a fault. */
  doing: string;
}

/** What stands in the place of an answer that is not there. */
export function Working<T>({ of, what, doing }: WorkingProps<T>) {
  if (of.cause) return <Faulted doing={doing} cause={of.cause} safe="Nothing was changed." onRetry={of.again} />;
  if (of.job) return <Progress what={what} job={of.job} onStop={of.stop} />;
  if (of.stopped) {
    return (
      <div className={css.state} role="status">
        <div className={css.words}>
          <p className={css.quiet}>Stopped on request. Nothing was changed.</p>
          <div className={css.acts}><Button onPress={of.again}>Start again</Button></div>
        </div>
      </div>
    );
  }
  return <Loading what={what} />;
}
