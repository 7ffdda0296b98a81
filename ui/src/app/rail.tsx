/// The rail: every view, with what waits there.
import { Icon, Mark, type IconName } from "@/components/icon";
import { Verbatim } from "@/components/verbatim";
import { runCommand } from "@/lib/commands";
import { count, counted, sentence } from "@/lib/format";
import { useNavigation, type ViewName } from "@/lib/place";
import { useSession } from "@/lib/session";
import { useFailingGates } from "@/lib/use_gates";
import css from "./shell.module.css";

const GROUPS: readonly (readonly (ViewName & IconName)[])[] = [
  ["overview", "samples", "duplicates", "coverage", "results"],
  ["review", "adjudicate", "gold"],
  ["gates", "card", "activity"],
];

/** Views that stand behind another one: the rail marks that one. */
const BEHIND: Partial<Record<ViewName, ViewName>> = { quarantine: "overview", indexing: "overview", fields: "overview", compare: "overview", trends: "overview", leak: "overview", sources: "overview", queue: "review", packs: "review", rubrics: "review", agreement: "review" };

export function Rail() {
  const { workspace, person } = useSession();
  const { place, go } = useNavigation();
  const waiting: Partial<Record<ViewName, number>> = { review: workspace?.review_left ?? 0, adjudicate: workspace?.disputes ?? 0, gold: workspace?.gold ?? 0 };
  const failing = useFailingGates();
  const here = BEHIND[place.view] ?? place.view;
  const waits = (view: ViewName) => (view === "gates" ? failing : waiting[view]);
  return (
    <aside className={css.rail}>
      <div className={css.place} title={workspace?.path}><Mark /><span><Verbatim>{workspace?.name}</Verbatim></span></div>
      <nav aria-label="Views">
        {GROUPS.map((views) => (
          <ul key={views[0]}>
            {views.map((view) => (
              <li key={view}>
                <button type="button" className={css.link} title={view === "gates" && failing ? `Gates: ${counted(failing, "gate fails", "gates fail")}` : sentence(view)} {...(waits(view) ? { "aria-describedby": `waits-${view}` } : {})} {...(here === view ? { "aria-current": "page" as const } : {})} onClick={() => go(view)}>
                  <Icon name={view} />
                  <span className={css.name}>{sentence(view)}</span>
                </button>
                {view === "gates" && failing ? <span id="waits-gates" className={css.failing}>{count(failing)}<span className="unseen"> {failing === 1 ? "fails" : "fail"}</span></span> : null}
                {waiting[view] ? <span id={`waits-${view}`} className={css.count}>{count(waiting[view])}</span> : null}
              </li>
            ))}
          </ul>
        ))}
      </nav>
      <button type="button" className={css.who} onClick={() => runCommand("app.person")} aria-label={person ? `${person.name}, ${person.role}: change person` : "Choose who you are"}>
        <span className={css.whoIcon}><Icon name="person" /></span>
        <strong><Verbatim>{person?.name ?? "Nobody chosen"}</Verbatim></strong>{" "}
        <span className={css.whoRole}>{person ? sentence(person.role) : "Choose who you are"}</span>
      </button>
    </aside>
  );
}
