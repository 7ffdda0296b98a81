/// Writes a rubric or its next version: the questions at the left, what is wrong and what is asked otherwise at the right.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/button";
import { SectionHead } from "@/components/section_head";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type RubricInfo } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { count, counted, sentence } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { ChangeList } from "./change_list";
import { changesBetween } from "./changes";
import { type Draft, draftOf, EMPTY, keptDraft, requestOf } from "./draft";
import css from "./editor.module.css";
import { EditorFields } from "./editor_fields";
import { problemsOf } from "./problems";

const KEPT_AFTER_MS = 400;

export function Editor({ basis, all }: { basis: RubricInfo | null; all: readonly RubricInfo[] }) {
  const { keep } = useNavigation();
  const [draft, setDraft] = useDraft(basis ? draftOf(basis.rubric) : EMPTY);
  const problems = problemsOf(draft);
  const latest = all.find((one) => one.recorded && one.latest && one.rubric.name === draft.name.trim());
  const against = latest ?? basis;
  const changes = against ? changesBetween(draftOf(against.rubric), draft) : [];
  const save = useSave(draft);
  const same = latest !== undefined && changes.length === 0;
  const unavailable = (problems[0] && `not yet: ${problems[0].words}`) ?? (same ? `it asks the same as ${latest.id}` : undefined) ?? (save.isPending ? "being saved" : undefined);
  const run = () => save.mutate();
  useCommands({ "rubrics.save": { run, unavailable } });
  const version = latest ? latest.rubric.version + 1 : 1;
  return (
    <div className={`view ${css.editor}`}>
      <header className={css.head}>
        <h1>{basis?.recorded ? "Next version" : "New rubric"}</h1>
        <p className="small t2">{basis && <>Begun from <Verbatim>{basis.id}</Verbatim>. </>}It will be <Verbatim>{draft.name.trim() || "…"}@{version}</Verbatim>. A version never changes once it is saved.</p>
      </header>
      <EditorFields draft={draft} problems={problems} nameFixed={basis?.recorded ?? false} onChange={setDraft} />
      <div className={css.aside}>
        <section aria-live="polite">
          <SectionHead title="To correct" gloss={problems.length === 0 ? "nothing" : counted(problems.length, "thing")} />
          {problems.length > 0 && <ul className={css.problems}>{problems.map((problem) => <li key={`${problem.at} ${problem.words}`}>{sentence(problem.words)}.</li>)}</ul>}
        </section>
        {against && (
          <section>
            <SectionHead title="What it asks otherwise" gloss={<>than <Verbatim>{against.id}</Verbatim>{changes.length > 0 && `: ${counted(changes.length, "change")}`}</>} />
            <ChangeList changes={changes} none="It asks the same." />
          </section>
        )}
      </div>
      <footer className={css.acts}>
        {save.isError && <span className={css.failed} role="alert">Not saved: {faultWords(asFault(save.error, "saving the rubric"))} Trying again cannot save it twice.</span>}
        {save.data && !save.data.saved && <span role="status"><Verbatim>{save.data.id}</Verbatim> asks the same already: nothing was recorded.</span>}
        {!save.isError && !save.data && <span className="t2">{unavailable ? `${sentence(unavailable)}.` : "Queues go on asking what they ask until you give them this version."}</span>}
        <span className="gap" />
        <Button size="large" onPress={() => keep({ edit: undefined, draft: undefined })}>Discard</Button>
        <Button kind="ink" size="large" keys="Ctrl Enter" unavailable={unavailable} onPress={run}>Save as version {count(version)}</Button>
      </footer>
    </div>
  );
}

/** The draft, kept with the place so that nothing is lost by looking elsewhere. */
function useDraft(first: Draft): [Draft, (next: Draft) => void] {
  const { place, keep } = useNavigation();
  const [draft, setDraft] = useState(() => keptDraft(place.state.draft) ?? first);
  const text = JSON.stringify(draft);
  const untouched = place.state.draft === undefined && text === JSON.stringify(first);
  useEffect(() => {
    if (untouched || text === place.state.draft) return;
    const timer = setTimeout(() => keep({ draft: text }), KEPT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [untouched, text, place.state.draft, keep]);
  return [draft, setDraft];
}

function useSave(draft: Draft) {
  const client = useQueryClient();
  const { keep } = useNavigation();
  const { noteSaved, refresh } = useSession();
  // The same id until it is saved: trying again cannot save it twice.
  const entry = useRef(newEntryId());
  return useMutation({
    mutationFn: () => call("rubric_add", requestOf(draft, entry.current)),
    onSuccess: async (added) => {
      if (!added.saved) return;
      noteSaved(added.saved);
      await Promise.all([client.invalidateQueries({ queryKey: ["rubrics"] }), client.invalidateQueries({ queryKey: ["activity_page"] })]);
      keep({ edit: undefined, draft: undefined, rubric: added.id, note: `Saved #${count(added.saved.seq)} as ${added.id}. Queues go on asking what they ask until you give them this version.` });
      void refresh();
    },
  });
}
