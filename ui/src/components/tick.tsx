/// A box to tick, with its words.
import type { ReactNode } from "react";
import css from "./tick.module.css";

export function Tick({ ticked, onChange, disabled = false, children }: { ticked: boolean; onChange(ticked: boolean): void; disabled?: boolean; children: ReactNode }) {
  return (
    <label className={disabled ? `${css.tick} ${css.off}` : css.tick}>
      <input type="checkbox" checked={ticked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      {children}
    </label>
  );
}
