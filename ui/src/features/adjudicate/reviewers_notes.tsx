/// What the reviewers wrote, below the text they wrote it about.
import { Visible } from "@/components/reading";
import type { Answer } from "@/ipc";
import { sentence } from "@/lib/format";
import css from "./adjudicate.module.css";
import { notesOf } from "./answers";

export function ReviewersNotes({ answers }: { answers: readonly Answer[] }) {
  const notes = notesOf(answers);
  if (notes.length === 0) return null;
  return (
    <section className={css.said} aria-label="What they noted">
      <h2>What they noted</h2>
      <dl>{notes.map(({ name, note }) => <div key={name}><dt><Visible text={sentence(name)} /></dt><dd dir="auto"><Visible text={note} /></dd></div>)}</dl>
    </section>
  );
}
