/// A text that is not shown until it is asked for: its shape stays, blurred, and only the eye is given even that.
import type { ReactNode } from "react";
import { Button } from "@/components/button";
import { keyOf } from "@/lib/commands";
import css from "./veiled.module.css";

export interface VeiledProps {
  hidden: boolean;
  /** The command that shows it, by its id. */
  command: string;
  /** Said under the heading: why it is hidden. */
  why: string;
  onShow(): void;
  children: ReactNode;
}

export function Veiled({ hidden, command, why, onShow, children }: VeiledProps) {
  if (!hidden) return children;
  return (
    <div className={css.veiled}>
      <div className={css.notice} role="group" aria-label={`Text hidden, press ${keyOf(command)}`}>
        <b>Text hidden</b>
        <p className="small t2">{why}</p>
        <Button keys="B" onPress={onShow}>Show the text</Button>
      </div>
      <div className={css.blurred} aria-hidden="true" inert>{children}</div>
    </div>
  );
}
