/// What is not as it should be: each is opened before the card can be signed.
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { Verbatim } from "@/components/verbatim";
import type { SignException } from "@/ipc";
import { useNavigation, type ViewName } from "@/lib/place";
import css from "./sign.module.css";

/** Where an exception is seen; none where the card itself shows it. */
export function placeOf(kind: string): { view: ViewName; state?: Record<string, string> } | null {
  switch (kind) {
    case "gate": return { view: "gates" };
    case "refused":
    case "quarantined": return { view: "quarantine" };
    case "conflicts": return { view: "samples", state: { filter: "conflict = true" } };
    case "unread": return { view: "review" };
    case "revised": return { view: "activity" };
    default: return null;
  }
}

export function Exceptions({ exceptions, opened, onOpen }: { exceptions: readonly SignException[]; opened: ReadonlySet<string>; onOpen(what: string): void }) {
  const { go } = useNavigation();
  return (
    <ul className={css.exceptions} aria-label="Exceptions">
      {exceptions.map(({ kind, what }) => {
        const place = placeOf(kind);
        const seen = opened.has(what);
        return (
          <li key={what}>
            {seen ? <Icon name="check" /> : <span />}
            <Verbatim>{what}</Verbatim>
            <Button kind="plain" size="small" label={`${place ? "Open" : "Seen"}: ${what}`} unavailable={!place && seen ? "seen" : undefined} onPress={() => { onOpen(what); if (place) go(place.view, place.state); }}>{place ? "Open" : "Seen"}</Button>
          </li>
        );
      })}
    </ul>
  );
}
