/// Rubrics: the questions that queues ask, every version of them; the next version; which queue asks which.
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Empty, Faulted, Loading } from "@/components/states";
import { call, type RubricInfo } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { counted } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { Editor } from "./editor";
import { Follow } from "./follow";
import { RubricList } from "./rubric_list";
import { RubricText } from "./rubric_text";
import css from "./rubrics.module.css";

export function View() {
  const { place, keep } = useNavigation();
  const rubrics = useQuery({ queryKey: ["rubrics"], queryFn: () => call("rubrics"), staleTime: 0 });
  if (rubrics.isError) return <Faulted view="Rubrics" doing="Opening the rubrics" cause={rubrics.error} safe="Every version and every answer is on disk." onRetry={() => void rubrics.refetch()} />;
  if (!rubrics.data) return <Loading view="Rubrics" what="Opening the rubrics…" />;
  const all = rubrics.data;
  const { edit, queue } = place.state;
  const chosen = all.find((one) => one.id === place.state.rubric) ?? all.find((one) => queue && one.queues.some((asking) => asking.queue === queue)) ?? all[0];
  if (edit === "new") return <Editor basis={null} all={all} />;
  if (edit === "next" && chosen) return <Editor key={chosen.id} basis={chosen} all={all} />;
  if (queue !== undefined && chosen) return <Follow name={chosen.rubric.name} all={all} first={queue} to={place.state.rubric} onClose={() => keep({ queue: undefined })} />;
  return <Rubrics all={all} chosen={chosen} />;
}

/** Why this person changes no rubric. */
export function changingUnavailable(role: string | undefined): string | undefined {
  if (!role) return "choose who you are first";
  return role === "expert" ? "only curators and leads change rubrics" : undefined;
}

function Rubrics({ all, chosen }: { all: readonly RubricInfo[]; chosen: RubricInfo | undefined }) {
  const { keep } = useNavigation();
  const { person } = useSession();
  const mayNot = changingUnavailable(person?.role);
  const step = (by: 1 | -1) => {
    const next = chosen && all[all.indexOf(chosen) + by];
    if (next) keep({ rubric: next.id, note: undefined });
  };
  const write = (edit: "new" | "next") => keep({ edit, draft: undefined, note: undefined, rubric: chosen?.id });
  const follow = () => keep({ queue: "", note: undefined, rubric: chosen?.id });
  const noFollow = mayNot ?? (chosen && followable(all, chosen) ? undefined : "no queue asks an earlier version");
  useCommands({
    "rubrics.next": { run: () => step(1) }, "rubrics.previous": { run: () => step(-1) },
    "rubrics.new": { run: () => write("new"), unavailable: mayNot }, "rubrics.edit": { run: () => write("next"), unavailable: mayNot },
    "rubrics.follow": { run: follow, unavailable: noFollow },
  });
  const names = new Set(all.map((one) => one.rubric.name)).size;
  return (
    <div className={`view ${css.rubrics}`}>
      <header className={css.head}>
        <h1>Rubrics</h1>
        <p className="small t2">{all.length > 0 && `${counted(names, "rubric")}, ${counted(all.length, "version")}. A version never changes; each answer keeps the one it was given under.`}</p>
        <span className="gap" />
        <Button kind="ink" icon="plus" unavailable={mayNot} onPress={() => write("new")}>New rubric…</Button>
      </header>
      {chosen ? (
        <>
          <RubricList all={all} chosen={chosen.id} onChoose={(rubric) => keep({ rubric, note: undefined })} />
          <RubricText key={chosen.id} info={chosen} mayNot={mayNot} noFollow={noFollow} onNext={() => write("next")} onFollow={follow} />
        </>
      ) : (
        <div className={css.whole}><Empty title="No rubric yet" action={<Button kind="ink" unavailable={mayNot} onPress={() => write("new")}>New rubric…</Button>}>
          A rubric is what every reviewer of a queue is asked: labels, scored criteria, reasons to exclude.
        </Empty></div>
      )}
    </div>
  );
}

/** Whether some queue asks an earlier version of the same rubric. */
export function followable(all: readonly RubricInfo[], to: RubricInfo): boolean {
  return all.some((one) => one.rubric.name === to.rubric.name && one.rubric.version < to.rubric.version && one.queues.length > 0);
}
