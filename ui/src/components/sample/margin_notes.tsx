/// Beside a part: what was found in its text that the eye would miss.
import { Visible } from "../reading";
import type { PartDetail, SampleDetail } from "@/ipc";
import { counted, languageName } from "@/lib/format";
import { tokenCounts } from "@/lib/text_marks";
import css from "./sample.module.css";

export interface MarginNote {
  readonly kind: "token" | "language";
  readonly title: string;
  readonly text: string;
}

const primary = (tag: string) => tag.toLowerCase().split("-")[0]!;

/** Notes on one part; the language is the sample's and stands beside its longest part. */
export function notesOf(sample: SampleDetail, part: PartDetail): MarginNote[] {
  const tokens = tokenCounts(part.text);
  const times = tokens.reduce((sum, [, count]) => sum + count, 0);
  const notes: MarginNote[] = times === 0 ? [] : [{ kind: "token", title: counted(times, "hidden character"), text: tokens.slice(0, 3).map(([name]) => name).join(", ") }];
  const declared = sample.dimensions.find(([name]) => name === "language")?.[1] ?? "";
  const detected = sample.detected_language ?? "";
  const longest = sample.parts.reduce((most, each) => (each.tokens > most.tokens ? each : most), part);
  if (part === longest && declared && detected && primary(declared) !== primary(detected)) {
    notes.push({ kind: "language", title: `Reads as ${languageName(detected)}`, text: `declared ${languageName(declared)}` });
  }
  return notes;
}

export function MarginNotes({ notes }: { notes: readonly MarginNote[] }) {
  if (notes.length === 0) return null;
  return (
    <aside className={css.notes} aria-label="Notes on this part">
      {notes.map((note) => <p key={note.title} data-kind={note.kind}><b><Visible text={note.title} /></b><Visible text={note.text} /></p>)}
    </aside>
  );
}
