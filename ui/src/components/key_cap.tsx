/// Keys drawn as caps: `Ctrl K` is two.
import { caps, useKeyNow } from "@/lib/commands";
import css from "./key_cap.module.css";

/** The key of a command of this view, named as in the catalogue, drawn as it is now. */
export function KeyCap({ keys }: { keys: string }) {
  return <WrittenKey keys={useKeyNow(keys)} />;
}

/** A key as it is written. */
export function WrittenKey({ keys }: { keys: string }) {
  return (
    <span className={css.keys} aria-hidden="true">
      {caps(keys).map((cap) => <kbd key={cap} className={css.cap}>{cap}</kbd>)}
    </span>
  );
}
