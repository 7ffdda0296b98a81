/// Text of a sensitive slice: blurred until the reviewer asks for it, sample by sample, and not judged unseen.
import { useState } from "react";
import { keyOf } from "@/lib/commands";
import type { Session } from "./session";
import { useSessionState } from "./use_review";

export interface Veil {
  /** Whether the slice of this queue is blurred. */
  applies: boolean;
  /** Whether the text on screen is hidden now. */
  hidden: boolean;
  /** Whether it was never shown. */
  unseen: boolean;
  /** Whether this person has asked for the text at `position`, whatever is shown now. */
  seen(position: number): boolean;
  toggle(): void;
  /** Says why nothing is decided of a text that was not shown. */
  refuse(): void;
}

export const unseenWords = () => `the text was not shown yet: press ${keyOf("review.show")}`;

export function useVeil(session: Session): Veil {
  const { info, position } = useSessionState(session);
  /** Positions whose text was asked for, and whether it is shown now. */
  const [asked, setAsked] = useState<Readonly<Record<number, boolean>>>({});
  const applies = info.slice?.blurred ?? false;
  const hidden = applies && asked[position] !== true;
  return {
    applies, hidden,
    unseen: applies && !(position in asked),
    seen: (at) => !applies || at in asked,
    toggle() {
      setAsked((before) => ({ ...before, [position]: hidden }));
      session.say(hidden ? "Text shown." : "Text hidden.");
    },
    refuse: () => session.say(`No verdict: ${unseenWords()}.`),
  };
}
