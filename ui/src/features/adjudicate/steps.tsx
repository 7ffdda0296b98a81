/// Where the adjudicator is: their own answer, the reveal, the decision.
import { Icon } from "@/components/icon";
import type { SavedEntry } from "@/ipc";
import { count } from "@/lib/format";
import css from "./settle.module.css";

export function Steps({ own }: { own: SavedEntry | null }) {
  return (
    <ol className={css.steps} aria-label="Steps">
      <li {...(own ? {} : { "aria-current": "step" as const })}>{own ? <><Icon name="check" />Yours, #{count(own.seq)}</> : <><b>1</b>Yours</>}</li>
      <li>{own ? <><Icon name="check" />Revealed</> : <><b>2</b>Revealed</>}</li>
      <li {...(own ? { "aria-current": "step" as const } : {})}><b>3</b>Decide</li>
    </ol>
  );
}
