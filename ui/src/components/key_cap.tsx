/// Keys drawn as caps: `Ctrl K` is two.
import { caps } from "@/lib/commands";
import css from "./key_cap.module.css";

export function KeyCap({ keys }: { keys: string }) {
  return (
    <span className={css.keys} aria-hidden="true">
      {caps(keys).map((cap) => <kbd key={cap} className={css.cap}>{cap}</kbd>)}
    </span>
  );
}
