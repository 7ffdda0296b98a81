/// How far back which head reaches: the longest of each strength, and what lies under none.
import { Verbatim } from "@/components/verbatim";
import type { HeadMark, Trust } from "@/ipc";
import { count, counted, date } from "@/lib/format";
import css from "./timeline.module.css";

const REACH: Record<string, string> = {
  this_machine: "this machine",
  other_folder: "another folder",
  other_drive: "another drive",
  cosigned: "signed by two",
};

/** Strengths of which a copy, or a second signature, lies beyond this machine. */
const LEFT = new Set(["other_drive", "cosigned"]);

/** Entries that are under a head which left this machine. */
export function entriesAway({ marks }: Pick<Trust, "marks">): number {
  return Math.max(0, ...marks.filter((mark) => LEFT.has(mark.strength)).map((mark) => mark.entries));
}

export function Timeline({ trust }: { trust: Trust }) {
  const { marks, heads, entries } = trust;
  if (marks.length === 0) return null;
  const earlier = heads - marks.length;
  const away = entriesAway(trust);
  const later = entries - away;
  const after = entries - Math.max(...marks.map((mark) => mark.entries));
  return (
    <ol className={css.line} aria-label="Signed heads, and where each is">
      <li className={css.begin}><b>#0</b><span>{earlier > 0 ? `and ${counted(earlier, "earlier head")}` : "the first entry"}</span></li>
      {marks.map((mark) => <Mark key={mark.strength} mark={mark} isLast={mark === marks.at(-1)} after={after} />)}
      {after > 0 && (
        <li className={css.now}>
          <b>#{count(entries - 1)}, now</b>
          <span>{away === 0 ? "nothing of it is elsewhere" : `${counted(later, "entry", "entries")} not yet elsewhere`}</span>
        </li>
      )}
    </ol>
  );
}

/** `after`: entries that came after the last of them. The line goes on broken where no head reaches. */
function Mark({ mark, isLast, after }: { mark: HeadMark; isLast: boolean; after: number }) {
  const { entries, strength, by, at } = mark;
  return (
    <li data-left={LEFT.has(strength)} data-then={isLast ? (after > 0 ? "unsigned" : "nothing") : "signed"}>
      <b>#{count(entries - 1)}{isLast && after === 0 && ", now"}, {REACH[strength] ?? strength}</b>
      <span>{at && `${date(at)}, `}<Verbatim>{by.join(" and ") || "an unknown key"}</Verbatim></span>
    </li>
  );
}
