/// What can be taken away from a chart: its numbers as CSV, its picture as SVG or PNG.
import { type RefObject, use, useEffect, useState } from "react";
import { csvOf, type Value } from "@/lib/csv";
import { digestWords } from "@/lib/format";
import { pngOf } from "@/lib/picture/png";
import { svgOf } from "@/lib/picture/svg";
import { trace } from "@/lib/picture/trace";
import { SessionContext } from "@/lib/session";
import { Button } from "./button";
import css from "./charted.module.css";
import { Menu } from "./menu";

const CHOICES = [
  { id: "csv", title: "Copy the numbers", note: "CSV" },
  { id: "svg", title: "Copy the picture", note: "SVG" },
  { id: "png", title: "Copy the picture", note: "PNG" },
];

/** How long it is said that something was copied. */
const SAID_MS = 3_000;

export interface ChartMenuProps {
  title: string;
  heads: readonly string[];
  rows: readonly (readonly Value[])[];
  /** What is drawn: the picture is traced from it. */
  picture: RefObject<HTMLElement | null>;
}

/** The line below a picture: what it was measured on. */
function useSource(): string {
  const session = use(SessionContext);
  const { dataset, snapshot } = session ?? {};
  return dataset && snapshot ? `${dataset.name}, snapshot ${snapshot.number}, ${digestWords(snapshot.root)}. Assay ${session?.app.version ?? ""}`.trim() : "Assay";
}

export function ChartMenu({ title, heads, rows, picture }: ChartMenuProps) {
  const source = useSource();
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = (kind: string): Promise<void> => {
    if (kind === "csv") return navigator.clipboard.writeText(csvOf(heads, rows));
    const drawing = trace(picture.current!, title, source);
    if (kind === "svg") return navigator.clipboard.writeText(svgOf(drawing));
    // The promise itself is handed over: some windows refuse what comes after the press is over.
    return navigator.clipboard.write([new ClipboardItem({ "image/png": pngOf(drawing) })]);
  };
  const choose = (kind: string) => {
    const done = async () => copy(kind);
    done().then(() => setSaid(`${kind.toUpperCase()} copied`), () => setSaid(`the clipboard refused the ${kind.toUpperCase()}`));
  };
  return (
    <span className={css.menu}>
      <span role="status" className={css.said}>{said}</span>
      <Menu align="end" label={`Export ${title}`} trigger={<Button kind="plain" size="small" icon="export" label={`Export ${title}`} />} items={CHOICES} onChoose={choose} />
    </span>
  );
}
