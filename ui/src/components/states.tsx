/// The states every view owes besides its content: loading, empty, error.
import { type ReactNode, useEffect, useState } from "react";
import { asFault, type Fault } from "@/ipc";
import { Button } from "./button";
import { Icon } from "./icon";
import css from "./states.module.css";

/** Says nothing for 250 ms, then what is being done. */
export function Loading({ what }: { what: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 250);
    return () => clearTimeout(timer);
  }, []);
  return <div className={css.state} role="status" aria-busy="true">{late && <p className={css.quiet}>{what}</p>}</div>;
}

/** Says what would be here, and the one thing to do. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={css.state}>
      <div className={css.words}>
        <h2>{title}</h2>
        {children && <p className={css.quiet}>{children}</p>}
        {action && <div className={css.acts}>{action}</div>}
      </div>
    </div>
  );
}

/** The place of a fault: `path, line 7, column 3`. */
export function faultPlace(fault: Fault): string {
  return [fault.path, fault.line && `line ${fault.line}`, fault.column && `column ${fault.column}`, fault.byte_offset && !fault.line && `byte ${fault.byte_offset}`].filter(Boolean).join(", ");
}

export interface FaultedProps {
  /** What was being done: `Opening the overview`. */
  doing: string;
  cause: unknown;
  /** What is still safe. */
  safe?: string;
  onRetry?: () => void;
}

/** Says what was being done, to what, what to do next, and what is still safe. */
export function Faulted({ doing, cause, safe, onRetry }: FaultedProps) {
  const fault = asFault(cause, doing);
  const place = faultPlace(fault);
  return (
    <div className={css.state} role="alert">
      <div className={css.words}>
        <h2 className={css.failed}><Icon name="cross" />{doing} did not work</h2>
        <p>{fault.message}</p>
        {place && <p className={css.code}><bdi>{place}</bdi></p>}
        {fault.remedy && <p className={css.quiet}>{fault.remedy}.</p>}
        {safe && <p className={css.quiet}>{safe}</p>}
        <p className={css.codeword}>{fault.code}</p>
        {onRetry && <div className={css.acts}><Button onPress={onRetry}>Try again</Button></div>}
      </div>
    </div>
  );
}
