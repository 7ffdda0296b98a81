/// What can be taken away from a chart: its numbers as CSV, its picture as SVG or PNG; copied, or saved as a file.
import { type RefObject, use, useEffect, useState } from "react";
import { call } from "@/ipc";
import { csvOf, type Value } from "@/lib/csv";
import { digestWords } from "@/lib/format";
import { pngOf } from "@/lib/picture/png";
import { svgOf } from "@/lib/picture/svg";
import { trace } from "@/lib/picture/trace";
import { SessionContext } from "@/lib/session";
import { report } from "@/lib/trouble";
import { Button } from "./button";
import css from "./charted.module.css";
import { Menu } from "./menu";

const CHOICES = [
  { id: "csv", title: "Copy the numbers", note: "CSV" },
  { id: "svg", title: "Copy the picture", note: "SVG" },
  { id: "png", title: "Copy the picture", note: "PNG" },
  { id: "save csv", title: "Save the numbers…", note: "CSV", section: "" },
  { id: "save svg", title: "Save the picture…", note: "SVG" },
  { id: "save png", title: "Save the picture…", note: "PNG" },
];

/** A file's name for a chart: its title, without what a file system or a shell would trip over. */
export function fileName(title: string, kind: string): string {
  const plain = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  return `${plain || "chart"}.${kind}`;
}

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
  const save = async (kind: string): Promise<string | null> => {
    // Drawn before the dialog opens: the picture is of what was seen.
    const drawing = kind === "csv" ? null : trace(picture.current!, title, source);
    const bytes = kind === "png" ? [...new Uint8Array(await (await pngOf(drawing!)).arrayBuffer())] : null;
    const text = kind === "csv" ? csvOf(heads, rows) : kind === "svg" ? svgOf(drawing!) : null;
    const picked = await call("pick_save", { title: `Save ${title}`, purpose: "chart_file", name: fileName(title, kind) });
    if (!picked) return null;
    await call("chart_save", { handle: picked.handle, text, bytes });
    return picked.label;
  };
  const choose = (id: string) => {
    if (id.startsWith("save ")) {
      save(id.slice(5)).then((label) => label && setSaid(`saved as ${label}`), report(`Saving ${title}`));
      return;
    }
    const done = async () => copy(id);
    done().then(() => setSaid(`${id.toUpperCase()} copied`), () => setSaid(`the clipboard refused the ${id.toUpperCase()}`));
  };
  return (
    <span className={css.menu}>
      <span role="status" className={css.said}>{said}</span>
      <Menu align="end" label={`Export ${title}`} trigger={<Button kind="plain" size="small" icon="export" label={`Export ${title}`} />} items={CHOICES} onChoose={choose} />
    </span>
  );
}
