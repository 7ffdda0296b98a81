/// The states every view owes besides its content: loading, empty, error.
import { type ReactNode, useEffect, useState } from "react";
import { asFault, type Fault } from "@/ipc";
import { sentence } from "@/lib/format";
import { Button } from "./button";
import { Icon } from "./icon";
import { Visible } from "./reading";
import { Verbatim } from "./verbatim";
import css from "./states.module.css";

/** The head of the view stands at once, whatever its state: nothing moves when its content comes. */
function Framed({ view, children }: { view: string | undefined; children: ReactNode }) {
  if (view === undefined) return children;
  return (
    <div className={`view ${css.framed}`}>
      <header className={css.head}><h1>{view}</h1></header>
      <div className={css.below}>{children}</div>
    </div>
  );
}

/** Says nothing for 250 ms, then what is being done. With the name of a view it fills the view's place. */
export function Loading({ what, view }: { what: string; view?: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 250);
    return () => clearTimeout(timer);
  }, []);
  return <Framed view={view}><div className={css.state} role="status" aria-busy="true">{late && <p className={css.quiet}>{what}</p>}</div></Framed>;
}

/** Says what would be here, and the one thing to do. */
export function Empty({ title, children, action, view }: { title: string; children?: ReactNode; action?: ReactNode; view?: string }) {
  return (
    <Framed view={view}><div className={css.state}>
      <div className={css.words}>
        <h2>{title}</h2>
        {children && <p className={css.quiet}>{children}</p>}
        {action && <div className={css.acts}>{action}</div>}
      </div>
    </div></Framed>
  );
}

/** The place of a fault: `path, line 7, column 3`. */
export function faultPlace(fault: Fault): string {
  return [fault.path, fault.line && `line ${fault.line}`, fault.column && `column ${fault.column}`, fault.byte_offset && !fault.line && `byte ${fault.byte_offset}`].filter(Boolean).join(", ");
}

/** A sentence, however the fault was punctuated. */
function closed(text: string): string {
  const said = sentence(text.trim());
  return /[.!?…]$/.test(said) ? said : `${said}.`;
}

export interface FaultedProps {
  /** What was being done: `Opening the overview`. */
  doing: string;
  cause: unknown;
  /** What is still safe. */
  safe?: string;
  view?: string;
  onRetry?: () => void;
}

/** Says what was being done, to what, what to do next, and what is still safe. */
export function Faulted({ doing, cause, safe, view, onRetry }: FaultedProps) {
  const fault = asFault(cause, doing);
  const place = faultPlace(fault);
  return (
    <Framed view={view}><div className={css.state} role="alert">
      <div className={css.words}>
        <h2 className={css.failed}><Icon name="cross" />{doing} did not work</h2>
        <p><Visible text={closed(fault.message)} /></p>
        {place && <p className={css.code}><Verbatim>{place}</Verbatim></p>}
        {fault.remedy && <p className={css.quiet}>{closed(fault.remedy)}</p>}
        {safe && <p className={css.quiet}>{safe}</p>}
        <p className={css.codeword}>{fault.code}</p>
        {onRetry && <div className={css.acts}><Button onPress={onRetry}>Try again</Button></div>}
      </div>
    </div></Framed>
  );
}
